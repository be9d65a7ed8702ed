namespace Sluice.Storage.Control.Seats;

/// <summary>The number of a tenant's seats in each state, at one instant.</summary>
public sealed record SeatCounts(long Assigned, long Unassigned, long Expired);
