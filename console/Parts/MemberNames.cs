using Sluice.WebConsole.Sessions;
using Sluice.WebConsole.Texts;

namespace Sluice.WebConsole.Parts;

/// <summary>
/// The names of those whom the API names by an id: members, the operator and the system. Where a member is gone, the id
/// is all that is left.
/// </summary>
public sealed class MemberNames
{
    private const int PageSize = 500;
    private const int PagesMax = 20;

    private readonly Language _language;
    private readonly Dictionary<string, string> _byId = [];

    private MemberNames(Language language) => _language = language;

    /// <summary>The user names that were read, oldest member first.</summary>
    public IEnumerable<string> All => _byId.Values;

    /// <summary>Reads the names of some members; ids of others are skipped.</summary>
    public static Task<MemberNames> ReadAsync(
        ConsoleView view, string tenantId, IEnumerable<string?> ids, CancellationToken ct) =>
        ReadPagesAsync(view, tenantId, ids.OfType<string>().Where(static id => id is ['m', ..]).ToHashSet(), ct);

    /// <summary>Reads the names of all members.</summary>
    public static Task<MemberNames> ReadAllAsync(ConsoleView view, string tenantId, CancellationToken ct) =>
        ReadPagesAsync(view, tenantId, wanted: null, ct);

    /// <summary>Returns the name of an id; the id itself if it has none.</summary>
    public string Of(string id) => id switch
    {
        "operator" => _language["Operator"],
        "system" => _language["System"],
        _ => _byId.GetValueOrDefault(id, id),
    };

    /// <summary>Returns the id of a name as people enter it; the text itself if it is no name.</summary>
    public string IdOf(string text)
    {
        if (text.Equals(_language["Operator"], StringComparison.OrdinalIgnoreCase))
            return "operator";
        if (text.Equals(_language["System"], StringComparison.OrdinalIgnoreCase))
            return "system";
        return _byId.FirstOrDefault(pair => pair.Value.Equals(text, StringComparison.OrdinalIgnoreCase)).Key ?? text;
    }

    private static async Task<MemberNames> ReadPagesAsync(
        ConsoleView view, string tenantId, HashSet<string>? wanted, CancellationToken ct)
    {
        var names = new MemberNames(view.Language);
        string? after = null;
        for (var pages = 0; pages < PagesMax && wanted is not { Count: 0 }; pages++)
        {
            var page = await view.Session.Api.ListMembersAsync(tenantId, after: after, limit: PageSize, ct: ct);
            foreach (var member in page.Value?.Items ?? [])
            {
                if (wanted?.Remove(member.Id) ?? true)
                    names._byId[member.Id] = member.UserName;
            }

            after = page.Value?.Next;
            if (after is null)
                break;
        }

        return names;
    }
}
