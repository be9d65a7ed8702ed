namespace Sluice.Metering.Limits;

/// <summary>Who set a limit, and so who can raise it. The numbers are stored.</summary>
public enum LimitSource : byte
{
    /// <summary>The operator's ceiling on a tenant's amount.</summary>
    Quota = 0,

    /// <summary>A tenant's or project's own monthly amount, set by its administrators.</summary>
    Limit = 1,

    /// <summary>The operator's threshold on a tenant's usage metric.</summary>
    Threshold = 2,

    /// <summary>The monthly credits of a seat's plan.</summary>
    Plan = 3,

    /// <summary>A limit of one key, set by the key's manager.</summary>
    Key = 4,
}
