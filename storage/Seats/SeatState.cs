namespace Sluice.Storage.Seats;

/// <summary>Whether a seat gives access. Follows from its row, its plan and the clock; it is stored nowhere.</summary>
public enum SeatState
{
    /// <summary>Free to be assigned.</summary>
    Unassigned = 0,

    /// <summary>A member holds it.</summary>
    Assigned = 1,

    /// <summary>Its plan has ended; a renewal makes it unassigned.</summary>
    Expired = 2,
}
