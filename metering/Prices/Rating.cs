using Sluice.Metering.Metrics;

namespace Sluice.Metering.Prices;

/// <summary>What a whole event costs.</summary>
/// <param name="Outcome">Whether the other values mean anything.</param>
/// <param name="AmountMicros">Money, in millionths of the tenant's currency, 0 to
/// <see cref="ScaledNumber.MaxUnits"/>.</param>
/// <param name="CreditsMicros">Credits, in millionths, same range.</param>
/// <param name="UnpricedMask">Bit i is set where the i-th quantity was used and has no price; it counts, at 0, and the
/// operator gets to see it.</param>
public readonly record struct Rating(
    RatingOutcome Outcome, long AmountMicros, long CreditsMicros, ulong UnpricedMask)
{
    /// <summary>Most quantities of one event: one bit of the mask each.</summary>
    public const int MaxQuantities = 64;

    /// <summary>Whether anything in the event has no price.</summary>
    public bool Unpriced => UnpricedMask != 0;

    internal static readonly Rating TooLarge = new(RatingOutcome.TooLarge, 0, 0, 0);
}
