namespace Sluice.Metering.Limits;

/// <summary>How a counter stands against its limits. Ordered by severity; the numbers are stored.</summary>
public enum UsageState : byte
{
    /// <summary>Below everything.</summary>
    Ok = 0,

    /// <summary>At or past a warning.</summary>
    Warning = 1,

    /// <summary>At or past a blocked limit: the next request is refused.</summary>
    Blocked = 2,
}
