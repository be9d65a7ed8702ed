namespace Sluice.Storage.Control;

/// <summary>One page of a list, oldest first.</summary>
/// <param name="Items">At most the requested number of items.</param>
/// <param name="HasMore">Whether another page follows the last item.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, bool HasMore)
{
    /// <summary>Makes a page of rows that were read with one more than the limit.</summary>
    internal static Page<T> Of(IReadOnlyList<T> rows, int limit) =>
        rows.Count > limit ? new([.. rows.Take(limit)], true) : new(rows, false);
}
