using Sluice.Metering.Limits;
using Sluice.Metering.Metrics;

namespace Sluice.Metering.Leases.Authority;

/// <summary>
/// What has become of a threshold in a period, to be written once: (limit, value, period) is unique in the store, and
/// a status only rises there. Where it rises to Fired or Resolved, people are told.
/// </summary>
/// <param name="LimitId">The threshold's row.</param>
/// <param name="Kind">Whether it warns or blocks.</param>
/// <param name="Source">Who had set it.</param>
/// <param name="Counter">The counter it watched.</param>
/// <param name="Status">What happened; never Armed.</param>
/// <param name="ValueUnits">The threshold's value at that time.</param>
/// <param name="UsedUnits">Usage at that time.</param>
/// <param name="RefusedUnits">The amount that was refused, where a refusal fired it; else 0.</param>
/// <param name="AtMs">Unix milliseconds.</param>
public readonly record struct ThresholdLine(
    long LimitId,
    LimitKind Kind,
    LimitSource Source,
    CounterId Counter,
    ThresholdStatus Status,
    long ValueUnits,
    long UsedUnits,
    long RefusedUnits,
    long AtMs);
