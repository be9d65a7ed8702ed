using System.ComponentModel.DataAnnotations;

namespace Sluice.Api.Actions;

/// <summary>The requested page of a list.</summary>
/// <param name="After">The <c>next</c> of the previous page; the first page if omitted.</param>
/// <param name="Limit">The most items of the page, 1 to 500; 50 if omitted.</param>
internal record PageQuery(string? After = null, [Range(1, PageRequest.MaxLimit)] string? Limit = null)
{
    /// <param name="prefix">The first letter of the ids in this list.</param>
    public Result<PageRequest> Read(char prefix)
    {
        var rules = new FieldErrors();
        long? after = null;
        if (!string.IsNullOrEmpty(After))
        {
            if (IdText.TryParse(prefix, After, out var value))
                after = value;
            else
                BreakAfter(rules);
        }

        var limit = ReadLimit(rules);
        return rules.Error is { } error ? error : new PageRequest(after, limit);
    }

    /// <summary>
    /// Returns a page of a list that is in memory as a whole, because its length is bounded elsewhere.
    /// </summary>
    /// <param name="items">All items, in their order.</param>
    /// <param name="nameOf">
    /// Returns the value of <c>after</c> that continues behind an item. If the item no longer exists, the request is
    /// refused, because it is unknown which items would be skipped.
    /// </param>
    public ApiResult Cut<T>(IEnumerable<T> items, Func<T, string> nameOf) =>
        ApiResult.Of(CutPage(items, nameOf), static page => ApiResult.Ok(page));

    /// <inheritdoc cref="Cut{T}"/>
    public Result<ListResponse<T>> CutPage<T>(IEnumerable<T> items, Func<T, string> nameOf)
    {
        var rules = new FieldErrors();
        List<T> all = [.. items];
        var start = 0;
        if (!string.IsNullOrEmpty(After))
        {
            var after = After;
            start = all.FindIndex(item => nameOf(item) == after) + 1;
            if (start == 0)
                BreakAfter(rules);
        }

        var limit = ReadLimit(rules);
        if (rules.Error is { } error)
            return error;
        List<T> page = [.. all.Skip(start).Take(limit)];
        return new ListResponse<T>(page, start + page.Count < all.Count ? nameOf(page[^1]) : null);
    }

    protected static void BreakAfter(FieldErrors rules) =>
        rules.Add("after", "id-form", "Must be the 'next' of the page before.");

    protected int ReadLimit(FieldErrors rules) =>
        rules.Count("limit", Limit, PageRequest.MaxLimit) ?? PageRequest.DefaultLimit;
}
