using Sluice.Metering.Metrics;

namespace Sluice.Metering.Leases.Authority;

/// <summary>A threshold's mark, to be written once: (limit, period) is unique in the store.</summary>
/// <param name="LimitId">The threshold's row.</param>
/// <param name="Counter">The counter it watched.</param>
/// <param name="Mark">What happened.</param>
/// <param name="ValueUnits">The threshold's value at that time.</param>
/// <param name="UsedUnits">Usage at that time.</param>
/// <param name="RefusedUnits">The amount that was refused, where a refusal fired it; else 0.</param>
/// <param name="AtMs">Unix milliseconds.</param>
public readonly record struct ThresholdLine(
    long LimitId,
    CounterId Counter,
    ThresholdMark Mark,
    long ValueUnits,
    long UsedUnits,
    long RefusedUnits,
    long AtMs);
