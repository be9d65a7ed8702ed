namespace Sluice.Storage.Usage;

/// <summary>Settled usage, added up.</summary>
public interface IUsageStore
{
    /// <summary>At most <see cref="UsageQuery.MaxRows"/> and one: that one more says that there are too many.</summary>
    Task<IReadOnlyList<UsageRow>> SumAsync(UsageQuery query, CancellationToken ct);

    /// <summary>One sum for each stretch between two bounds, in their order; 0 where nothing was used.</summary>
    Task<IReadOnlyList<long>> TrendAsync(TrendQuery query, CancellationToken ct);

    /// <summary>Usage without a price, of all tenants, from one instant up to another.</summary>
    Task<IReadOnlyList<UnpricedRow>> UnpricedAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken ct);
}
