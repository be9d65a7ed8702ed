namespace Sluice.Metering.Limits;

/// <summary>The events of a threshold that recipients are notified of. The numbers are stored.</summary>
public enum ThresholdEventKind : byte
{
    /// <summary>Usage rose to or past the threshold.</summary>
    Reached = 0,

    /// <summary>The threshold refused a request, before usage reached it or after it was set below usage.</summary>
    Refused = 1,

    /// <summary>The threshold had fired, and no longer applies.</summary>
    Resolved = 2,
}
