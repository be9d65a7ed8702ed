using Sluice.Metering.Metrics;

namespace Sluice.Metering.Prices;

/// <summary>The price of a whole event.</summary>
/// <param name="Outcome">Whether the other values are meaningful.</param>
/// <param name="AmountMicros">Money, in millionths of the tenant's currency, 0 to
/// <see cref="ScaledNumber.MaxUnits"/>.</param>
/// <param name="CreditsMicros">Credits, in millionths, same range.</param>
/// <param name="UnpricedMask">Bit i is set if the i-th quantity was used and has no price; it counts, at 0, and is
/// shown to the operator.</param>
public readonly record struct Rating(
    RatingOutcome Outcome, long AmountMicros, long CreditsMicros, ulong UnpricedMask)
{
    /// <summary>Maximum quantities per event: one bit of the mask each.</summary>
    public const int MaxQuantities = 64;

    /// <summary>Whether anything in the event has no price.</summary>
    public bool Unpriced => UnpricedMask != 0;

    internal static readonly Rating TooLarge = new(RatingOutcome.TooLarge, 0, 0, 0);
}
