namespace Sluice.Metering.Leases.Authority;

/// <summary>What has become of a threshold in a period. The numbers are stored.</summary>
public enum ThresholdMark : byte
{
    /// <summary>It was set at or below the usage of the time, so reaching it is no news in this period.</summary>
    Suppressed = 1,

    /// <summary>It has fired; it does not fire again in this period.</summary>
    Fired = 2,
}
