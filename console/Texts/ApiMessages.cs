using System.Globalization;
using System.Text.RegularExpressions;

namespace Sluice.WebConsole.Texts;

/// <summary>
/// Translates what the API says in English. A line of the resource has the message with places for what changes in it,
/// such as <c>Must be at most {0}.</c>, and its translation after a tab.
/// </summary>
internal sealed class ApiMessages
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly IReadOnlyList<(Regex Pattern, string Translation)> _known;

    public ApiMessages(IEnumerable<KeyValuePair<string, string>> lines) => _known =
    [
        // The longest first: a shorter one may be a part of it.
        .. lines.OrderByDescending(static line => line.Key.Length)
            .Select(static line => (PatternOf(line.Key), line.Value)),
    ];

    /// <summary>Returns the translation of a message; the message itself if there is none.</summary>
    public string this[string message]
    {
        get
        {
            foreach (var (pattern, translation) in _known)
            {
                if (pattern.Match(message) is { Success: true } match)
                {
                    return string.Format(
                        CultureInfo.InvariantCulture, translation,
                        [.. match.Groups.Cast<Group>().Skip(1).Select(static group => group.Value)]);
                }
            }

            return message;
        }
    }

    private static Regex PatternOf(string message)
    {
        var text = Regex.Escape(message);
        for (var place = 0; text.Contains($"\\{{{place}}}", StringComparison.Ordinal); place++)
            text = text.Replace($"\\{{{place}}}", $"(?<p{place}>.+?)", StringComparison.Ordinal);
        return new Regex($"^{text}$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, Patience);
    }
}
