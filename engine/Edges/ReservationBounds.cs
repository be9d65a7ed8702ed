namespace Sluice.Engine.Edges;

/// <summary>Bounds of the reservations that one edge holds at a time.</summary>
public static class ReservationBounds
{
    /// <summary>Of all; more are refused with 503.</summary>
    public const int Max = 1_000_000;

    /// <summary>Of one key; more are refused with 429.</summary>
    public const int KeyMax = 10_000;

    /// <summary>Of one tenant; more are refused with 429.</summary>
    public const int TenantMax = 100_000;
}
