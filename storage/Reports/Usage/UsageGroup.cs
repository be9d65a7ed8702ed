namespace Sluice.Storage.Reports.Usage;

/// <summary>A dimension to group usage by; usage of different metrics is never added up.</summary>
public enum UsageGroup
{
    /// <summary>Calendar months in the tenant's time zone.</summary>
    Month,

    /// <summary>Calendar days in the tenant's time zone.</summary>
    Day,

    /// <summary>
    /// Hours in the tenant's time zone, by the instant at which they start: an hour that clocks show twice is two.
    /// </summary>
    Hour,

    Project,
    Key,
    Seat,
    Member,
    Model,
}
