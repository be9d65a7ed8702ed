namespace Sluice.Metering.Prices;

/// <summary>Whether an event could be rated.</summary>
public enum RatingOutcome : byte
{
    /// <summary>The amounts are exact, rounded once.</summary>
    Rated,

    /// <summary>Amount or credits pass what one event may carry; the event has to be refused, with 422.</summary>
    TooLarge,
}
