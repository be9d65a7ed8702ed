using System.Runtime.Serialization;
using Sluice.Client;
using Sluice.Client.Models;
using Sluice.WebConsole.Texts;

namespace Sluice.WebConsole.Pages;

/// <summary>
/// What a form knows besides its fields. A form that is sent twice, by a reload or a second click, is done once: its
/// number becomes the key of the request.
/// </summary>
public class FormState
{
    private ProblemDetails? _refusal;

    /// <summary>The number of this form; made when it is shown, and sent with it.</summary>
    public string Once { get; set; } = Guid.CreateVersion7().ToString("N");

    /// <summary>Whether the form was sent, and not only shown.</summary>
    public bool IsPosted { get; set; }

    /// <summary>The version of what is edited, as it was shown; null for a form that edits nothing.</summary>
    public string? Version { get; set; }

    /// <summary>Why the API refused it; null before it was sent, and after a success.</summary>
    [IgnoreDataMember]
    public ProblemDetails? Refusal => _refusal;

    /// <summary>Returns what is wrong with a field; null if nothing is.</summary>
    public string? ErrorOf(string field, Language language) => Refusal?.Errors is { } errors
        && errors.Where(pair => pair.Key.Equals(field, StringComparison.OrdinalIgnoreCase))
            .SelectMany(static pair => pair.Value).Select(language.OfApi).ToArray() is { Length: > 0 } found
                ? string.Join(' ', found)
                : null;

    /// <summary>Notes the result; returns whether it is a success.</summary>
    public bool Accepts(SluiceResult result) => (_refusal = result.Problem) is null;

    /// <summary>Notes the result; returns whether it is a success.</summary>
    public bool Accepts<T>(SluiceResult<T> result)
        where T : class => (_refusal = result.Problem) is null;

    /// <summary>Refuses a field before the API is asked, because it could not be put into a request.</summary>
    public bool Refuse(string field, string message)
    {
        _refusal = new ProblemDetails
        {
            Type = "/problems/rule-broken",
            Title = "",
            Status = 422,
            Detail = "",
            Errors = new Dictionary<string, IReadOnlyList<string>> { [field] = [message] },
        };
        return false;
    }
}
