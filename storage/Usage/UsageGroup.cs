namespace Sluice.Storage.Usage;

/// <summary>What usage is added up by; usage of different metrics is never added up.</summary>
public enum UsageGroup
{
    /// <summary>Calendar months in the tenant's time zone.</summary>
    Month,

    /// <summary>Calendar days in the tenant's time zone.</summary>
    Day,

    /// <summary>Hours of UTC: the one clock that no zone shows twice.</summary>
    Hour,

    Project,
    Key,
    Seat,
    Member,
    Model,
}
