namespace Sluice.Metering.Limits;

/// <summary>A counter's state relative to its limits. Ordered by severity; the numbers are stored.</summary>
public enum UsageState : byte
{
    /// <summary>Below all limits.</summary>
    Ok = 0,

    /// <summary>At or past a warning.</summary>
    Warning = 1,

    /// <summary>At or past a blocked limit: the next request is refused.</summary>
    Blocked = 2,
}
