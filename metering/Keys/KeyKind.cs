namespace Sluice.Metering.Keys;

/// <summary>What an API key belongs to, and so which scopes its usage counts in. The numbers are stored.</summary>
public enum KeyKind : byte
{
    /// <summary>A member's own key: counts in the tenant only.</summary>
    Personal = 0,

    /// <summary>A project's key: counts in project and tenant.</summary>
    Project = 1,

    /// <summary>The key of an assigned seat: counts in seat and tenant.</summary>
    Seat = 2,
}
