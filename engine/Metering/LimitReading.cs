using Sluice.Metering.Limits;

namespace Sluice.Engine.Metering;

/// <summary>A limit with what is used of it, taken in the moment of the answer.</summary>
/// <param name="Limit">Whose limit, on what.</param>
/// <param name="ValueUnits">The value in force.</param>
/// <param name="UsedUnits">Used in the period.</param>
/// <param name="HeldUnits">Held by reservations.</param>
/// <param name="ResetsAtMs">End of the period, Unix milliseconds; <see cref="long.MaxValue"/> for never.</param>
public readonly record struct LimitReading(
    Limit Limit, long ValueUnits, long UsedUnits, long HeldUnits, long ResetsAtMs)
{
    /// <summary>What may still be used; 0 at least.</summary>
    public long RemainingUnits => Math.Max(0, ValueUnits - UsedUnits - HeldUnits);
}
