namespace Sluice.Metering.Keys;

/// <summary>
/// The kind of owner of an API key, which decides the scopes its usage counts in. The numbers are stored.
/// </summary>
public enum KeyKind : byte
{
    /// <summary>A member's own key: counts in the tenant only.</summary>
    Personal = 0,

    /// <summary>A project's key: counts in project and tenant.</summary>
    Project = 1,

    /// <summary>The key of an assigned seat: counts in seat and tenant.</summary>
    Seat = 2,
}
