using Sluice.Metering.Identity;

namespace Sluice.Storage.Control.Names;

/// <summary>The names behind the ids of one answer. What was deleted has its last name.</summary>
public sealed class NameBook
{
    /// <summary>Separates the ids of a thing that has two, such as a member of a project.</summary>
    private const char Separator = '/';

    /// <summary>A book without names.</summary>
    public static readonly NameBook Empty = new(new Dictionary<(char Prefix, long Id), string>());

    private readonly IReadOnlyDictionary<(char Prefix, long Id), string> _names;

    internal NameBook(IReadOnlyDictionary<(char Prefix, long Id), string> names) => _names = names;

    /// <summary>
    /// Gets the name of the thing with an id. Null if the text is no id, or if there is no such thing in the tenant, or
    /// if it has no name, like a seat without a holder.
    /// </summary>
    /// <param name="id">
    /// The id as the API shows it; two ids with a slash between them have both names, separated the same way.
    /// </param>
    public string? this[string? id]
    {
        get
        {
            if (id is null)
                return null;
            var names = id.Split(Separator).Select(NameOf).ToArray();
            return Array.TrueForAll(names, static name => name is not null) ? string.Join(Separator, names) : null;
        }
    }

    /// <summary>Reads the kind and the number of each id in the texts; skips what is no id.</summary>
    internal static IEnumerable<(char Prefix, long Id)> Read(IEnumerable<string?> texts)
    {
        foreach (var part in texts.Where(static text => text is not null).SelectMany(static t => t!.Split(Separator)))
        {
            if (part.Length > 0 && IdText.TryParse(part[0], part, out var id))
                yield return (part[0], id);
        }
    }

    private string? NameOf(string id) =>
        id.Length > 0 && IdText.TryParse(id[0], id, out var number) ? _names.GetValueOrDefault((id[0], number)) : null;
}
