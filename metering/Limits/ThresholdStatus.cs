namespace Sluice.Metering.Limits;

/// <summary>The status of a threshold in this period. The numbers are stored.</summary>
public enum ThresholdStatus : byte
{
    /// <summary>In force and above usage: fires when usage rises to it.</summary>
    Armed = 0,

    /// <summary>
    /// In force, and set when usage was already there: a warning stays silent for the rest of the period, a blocked
    /// limit fires when it first refuses a request.
    /// </summary>
    Quiet = 1,

    /// <summary>Has fired; recipients are notified.</summary>
    Fired = 2,

    /// <summary>Has fired, and recipients are notified that it is over. Never fires again in this period.</summary>
    Resolved = 3,
}
