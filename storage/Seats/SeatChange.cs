namespace Sluice.Storage.Seats;

/// <summary>What became of a seat.</summary>
/// <param name="Seat">As it is now.</param>
/// <param name="DeadKeys">Keys that ended with this, of this seat or of one given back for it.</param>
public sealed record SeatChange(Seat Seat, IReadOnlyList<long> DeadKeys);
