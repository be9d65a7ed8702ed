namespace Sluice.Storage.Keys;

/// <summary>Who holds a key, and so where its usage counts. The numbers are stored.</summary>
public enum KeyKind
{
    /// <summary>A member's own; counts in the tenant.</summary>
    Personal = 0,

    /// <summary>A project's; counts in project and tenant, and outlives whoever made it.</summary>
    Project = 1,

    /// <summary>A seat's; counts in seat and tenant.</summary>
    Seat = 2,
}
