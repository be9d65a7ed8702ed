namespace Sluice.Engine.Usage;

/// <summary>How far a reservation has got.</summary>
public enum ReservationState
{
    /// <summary>It holds its estimate.</summary>
    Open,

    /// <summary>It ended with usage.</summary>
    Committed,

    /// <summary>It ended without usage.</summary>
    Released,

    /// <summary>Its hold went back by itself; a commit still counts.</summary>
    Expired,
}
