namespace Sluice.Storage.Control.Seats;

/// <summary>Whether a seat gives access. Derived from its row, its plan and the clock; not stored.</summary>
public enum SeatState
{
    /// <summary>The seat is free to be assigned.</summary>
    Unassigned = 0,

    /// <summary>A member holds it.</summary>
    Assigned = 1,

    /// <summary>The plan has ended; a renewal makes the seat unassigned.</summary>
    Expired = 2,
}
