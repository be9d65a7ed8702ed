namespace Sluice.Metering.Identity;

/// <summary>The kind of owner of a counter. The numbers are stored; never renumber them.</summary>
public enum ScopeKind : byte
{
    /// <summary>The billing unit: all usage of all its keys adds up here.</summary>
    Tenant = 0,

    /// <summary>A project of a tenant; counts the usage of its project keys.</summary>
    Project = 1,

    /// <summary>A seat of a subscription; counts the usage of its seat key.</summary>
    Seat = 2,

    /// <summary>One API key.</summary>
    Key = 3,
}
