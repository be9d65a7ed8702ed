using Sluice.Metering.Limits;

namespace Sluice.Engine.Events;

/// <summary>A limit with its usage at the time of the answer.</summary>
/// <param name="Limit">The limit's scope, metric and period.</param>
/// <param name="ValueUnits">The value in force.</param>
/// <param name="UsedUnits">Used in the period.</param>
/// <param name="HeldUnits">Held by reservations.</param>
/// <param name="ResetsAtMs">End of the period, Unix milliseconds; <see cref="long.MaxValue"/> for never.</param>
public readonly record struct LimitReading(
    Limit Limit, long ValueUnits, long UsedUnits, long HeldUnits, long ResetsAtMs)
{
    /// <summary>The units that may still be used; never negative.</summary>
    public long RemainingUnits => Math.Max(0, ValueUnits - UsedUnits - HeldUnits);
}
