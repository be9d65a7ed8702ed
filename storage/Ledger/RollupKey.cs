namespace Sluice.Storage.Ledger;

/// <summary>The key of a usage sum.</summary>
/// <param name="TenantId">The tenant.</param>
/// <param name="BucketMs">Start of the quarter of an hour, Unix milliseconds.</param>
/// <param name="Month">The month of admission, yyyymm, on whose statement the usage goes.</param>
/// <param name="KeyId">The key.</param>
/// <param name="ProjectId">The project; 0 for none.</param>
/// <param name="SeatId">The seat; 0 for none.</param>
/// <param name="Member">The member; empty for none.</param>
/// <param name="Model">The model; empty for none.</param>
/// <param name="Metric">The metric.</param>
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
    /// <summary>A quarter of an hour: the days of every time zone can be composed of them.</summary>
    public const long BucketLengthMs = 900_000;

    /// <summary>Orders as the primary key does.</summary>
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
