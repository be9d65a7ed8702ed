namespace Sluice.Metering.Prices;

/// <summary>Whether an event could be rated.</summary>
public enum RatingOutcome : byte
{
    /// <summary>The amounts are exact, rounded once.</summary>
    Rated,

    /// <summary>Amount or credits exceed the maximum of one event; it must be refused, with 422.</summary>
    TooLarge,
}
