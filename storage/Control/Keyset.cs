using Dapper;

namespace Sluice.Storage.Control;

/// <summary>
/// The SQL of a list that is searched, sorted, and paged by the values of its last item, so that a page costs the same
/// wherever it is in the list. Requires the parameters of <see cref="ValuesOf"/>.
/// </summary>
/// <param name="Table">The table.</param>
/// <param name="Alias">What the query calls it.</param>
/// <param name="Name">The column that is sorted by as the name.</param>
/// <param name="Found">Further columns of text that are searched.</param>
internal sealed record Keyset(string Table, string Alias, string Name, params IReadOnlyList<string> Found)
{
    /// <summary>The condition of a search: a text has it as a part, or the id begins with it.</summary>
    public string Matches
    {
        get
        {
            // A position, not a pattern: nothing in the text has a meaning of its own.
            var texts = Found.Prepend(Name)
                .Select(column => $"strpos(lower(coalesce({Alias}.{column}, '')), lower(@Search)) > 0");
            return $"(@Search::text is null or {string.Join(" or ", texts)} "
                + $"or {Alias}.id between @FirstId and @LastId)";
        }
    }

    /// <summary>The condition that an item is behind the position.</summary>
    public string IsAfter(ListRequest list)
    {
        // Only a time of creation is looked up: it never changes.
        var position = list.After is { Value: null }
            ? $"(select c.created_at from {Table} c where c.id = @AfterId)"
            : list.Order == ListOrder.Name ? "lower(@AfterValue::text)" : "@AfterValue::timestamptz";
        return "(@AfterId::bigint is null "
            + $"or ({ColumnOf(list.Order)}, {Alias}.id) {(list.IsDescending ? "<" : ">")} ({position}, @AfterId))";
    }

    /// <summary>The order, and one row more than the page has, which tells that another one follows.</summary>
    public string Page(ListRequest list)
    {
        var direction = list.IsDescending ? " desc" : "";
        return $"order by {ColumnOf(list.Order)}{direction}, {Alias}.id{direction} limit @Limit + 1";
    }

    /// <summary>Returns the parameters of these conditions.</summary>
    public static DynamicParameters ValuesOf(ListRequest list) => new(new
    {
        list.Search,
        FirstId = list.Ids.First,
        LastId = list.Ids.Last,
        AfterId = list.After?.Id,
        AfterValue = list.After?.Value,
        list.Limit,
    });

    private string ColumnOf(ListOrder order) => order switch
    {
        ListOrder.CreatedAt => $"{Alias}.created_at",
        ListOrder.Name => $"lower({Alias}.{Name})",
        ListOrder.LastUsedAt => $"coalesce({Alias}.last_used_at, '-infinity')",
        ListOrder.ExpiresAt => $"coalesce({Alias}.expires_at, 'infinity')",
        _ => throw new ArgumentOutOfRangeException(nameof(order), order, "not an order"),
    };
}
