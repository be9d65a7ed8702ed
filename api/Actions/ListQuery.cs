using System.Globalization;

namespace Sluice.Api.Actions;

/// <summary>The requested page of a list that can be searched and sorted.</summary>
/// <param name="Search">
/// Only items with this in their name, user name, email or account, ignoring case, or at the start of their id; 1 to
/// 100 characters. All if omitted.
/// </param>
/// <param name="Sort">
/// The order, with <c>-</c> in front for the reverse one; oldest first if omitted. What was never used counts as used
/// before all others, what has no expiry as expiring after all others.
/// </param>
/// <param name="After">The <c>next</c> of the previous page; the first page if omitted.</param>
/// <param name="Limit">The most items of the page, 1 to 500; 50 if omitted.</param>
internal abstract record ListQuery(string? Search, string? Sort, string? After, string? Limit)
    : PageQuery(After, Limit)
{
    /// <summary>The longest text that is searched for, in characters.</summary>
    private const int MaxSearchLength = 100;

    /// <summary>The words of <c>sort</c>.</summary>
    protected const string
        ByCreatedAt = "createdAt", ByName = "name", ByLastUsedAt = "lastUsedAt", ByExpiresAt = "expiresAt";

    private const string Reverse = "-";

    /// <summary>Reads and checks the query.</summary>
    /// <param name="prefix">The first letter of the ids in this list.</param>
    /// <param name="rules">Receives the broken rules; then the result means nothing.</param>
    /// <param name="orders">The orders that this list has.</param>
    protected ListRequest Read(char prefix, FieldErrors rules, params IReadOnlyList<string> orders)
    {
        if (!string.IsNullOrEmpty(Search))
            rules.Check("search", Search, static text => FieldRules.Compared(text, MaxSearchLength));
        var list = new ListRequest
        {
            Limit = ReadLimit(rules),
            Search = string.IsNullOrEmpty(Search) ? null : Search,
            Ids = IdText.TryParseStart(prefix, Search, out var first, out var last) ? (first, last) : default,
        };
        if (!string.IsNullOrEmpty(Sort))
        {
            rules.Check("sort", Sort, FieldRules.OneOf([.. orders.SelectMany(static o => new[] { o, Reverse + o })]));
            var isDescending = Sort.StartsWith(Reverse, StringComparison.Ordinal);
            list = list with { Order = OrderOf(Sort[(isDescending ? 1 : 0)..]), IsDescending = isDescending };
        }

        if (string.IsNullOrEmpty(After))
            return list;
        var position = string.IsNullOrEmpty(Sort)
            ? IdText.TryParse(prefix, After, out var id) ? new ListPosition(id, null) : null
            : ListCursor.Read(After, Sort, prefix, IsTime(list.Order));
        if (position is null)
            BreakAfter(rules);
        return list with { After = position };
    }

    /// <summary>Returns the value of <c>after</c> that continues behind an item.</summary>
    /// <param name="id">The item's id.</param>
    /// <param name="value">
    /// What the item is sorted by, as <see cref="ListPosition.Value"/>; not used without <c>sort</c>.
    /// </param>
    protected string NextOf(string id, string value) =>
        string.IsNullOrEmpty(Sort) ? id : ListCursor.Write(Sort, id, value);

    /// <summary>Returns an instant as PostgreSQL reads it, exactly.</summary>
    protected static string TextOf(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    private static bool IsTime(ListOrder order) => order != ListOrder.Name;

    private static ListOrder OrderOf(string word) => word switch
    {
        ByName => ListOrder.Name,
        ByLastUsedAt => ListOrder.LastUsedAt,
        ByExpiresAt => ListOrder.ExpiresAt,
        _ => ListOrder.CreatedAt,
    };
}
