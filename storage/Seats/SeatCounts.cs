namespace Sluice.Storage.Seats;

/// <summary>How many seats of a tenant are in which state, at one instant.</summary>
public sealed record SeatCounts(long Assigned, long Unassigned, long Expired);
