namespace Sluice.Storage.Control.Seats;

/// <summary>The result of a change to a seat.</summary>
/// <param name="Seat">The seat after the change.</param>
/// <param name="DeadKeys">Keys that the change ended, of this seat or of one reclaimed for it.</param>
public sealed record SeatChange(Seat Seat, IReadOnlyList<long> DeadKeys);
