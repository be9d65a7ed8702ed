using Sluice.Metering.Limits;
using Sluice.Metering.Metrics;

namespace Sluice.Metering.Leases.Authority;

/// <summary>
/// A threshold event in a period, to be written once: (limit, value, period) is unique in the store, and a status only
/// rises there. A rise to Fired or Resolved sends notifications.
/// </summary>
/// <param name="LimitId">The threshold's row.</param>
/// <param name="Kind">Whether it warns or blocks.</param>
/// <param name="Source">Who had set the limit.</param>
/// <param name="Counter">The counter it watched.</param>
/// <param name="Status">The new status; never Armed.</param>
/// <param name="ValueUnits">The threshold's value at that time.</param>
/// <param name="UsedUnits">Usage at that time.</param>
/// <param name="RefusedUnits">The amount refused, if a refusal fired it; otherwise 0.</param>
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
