namespace Sluice.Api.Actions;

/// <summary>One page of a list.</summary>
/// <param name="Items">The items of this page, in the order of the list.</param>
/// <param name="Next">The value of <c>after</c> for the next page; null on the last one.</param>
internal sealed record ListResponse<T>(IReadOnlyList<T> Items, string? Next)
{
    /// <summary>Returns the page with its items in another form.</summary>
    public ListResponse<TNext> Map<TNext>(Func<T, TNext> show) => new([.. Items.Select(show)], Next);

    public static ListResponse<T> Of<TRow>(Page<TRow> page, Func<TRow, T> show, Func<TRow, string> idOf) =>
        new([.. page.Items.Select(show)], page.HasMore ? idOf(page.Items[^1]) : null);
}
