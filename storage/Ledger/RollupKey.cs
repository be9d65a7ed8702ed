namespace Sluice.Storage.Ledger;

/// <summary>What usage sums are kept by.</summary>
/// <param name="TenantId">Whose usage.</param>
/// <param name="BucketMs">Start of the quarter of an hour, Unix milliseconds.</param>
/// <param name="Month">The month that it was admitted in, yyyymm: statements go by it.</param>
/// <param name="KeyId">Which key.</param>
/// <param name="ProjectId">0 for none.</param>
/// <param name="SeatId">0 for none.</param>
/// <param name="Member">Empty for none.</param>
/// <param name="Model">Empty for none.</param>
/// <param name="Metric">Which metric.</param>
public readonly record struct RollupKey(
    long TenantId,
    long BucketMs,
    int Month,
    long KeyId,
    long ProjectId,
    long SeatId,
    string Member,
    string Model,
    short Metric) : IComparable<RollupKey>
{
    /// <summary>A quarter of an hour: every time zone's days can be built of them.</summary>
    public const long BucketLengthMs = 900_000;

    /// <summary>The order of the primary key.</summary>
    public int CompareTo(RollupKey other)
    {
        var order = TenantId.CompareTo(other.TenantId);
        if (order == 0)
            order = BucketMs.CompareTo(other.BucketMs);
        if (order == 0)
            order = KeyId.CompareTo(other.KeyId);
        if (order == 0)
            order = string.CompareOrdinal(Member, other.Member);
        if (order == 0)
            order = string.CompareOrdinal(Model, other.Model);
        if (order == 0)
            order = Metric.CompareTo(other.Metric);
        return order != 0 ? order : Month.CompareTo(other.Month);
    }

    public static bool operator <(RollupKey left, RollupKey right) => left.CompareTo(right) < 0;

    public static bool operator >(RollupKey left, RollupKey right) => left.CompareTo(right) > 0;

    public static bool operator <=(RollupKey left, RollupKey right) => left.CompareTo(right) <= 0;

    public static bool operator >=(RollupKey left, RollupKey right) => left.CompareTo(right) >= 0;
}
