using Sluice.Metering.Identity;
using Sluice.Metering.Metrics;

namespace Sluice.Metering.Leases.Authority;

/// <summary>
/// The holds of one settled session in one counter, as stored. From its settlement on, open and held only fall and used
/// only rises, in one row, so of two readings the later one has the smaller held and the larger used: readings may be
/// lost, repeated or reordered. A row without open holds never changes again.
/// </summary>
/// <param name="Session">The settled session that admitted the reservations.</param>
/// <param name="Counter">The counter.</param>
/// <param name="OpenHolds">How many of its holds are open, those of 0 units too: they may be committed with more.
/// </param>
/// <param name="HeldUnits">Units of its holds that are still open, with rights and without; 0 or more.</param>
/// <param name="UsedUnits">Units counted by commits of these holds since the settlement.</param>
public readonly record struct HandedOverSnapshot(
    SessionId Session, CounterId Counter, int OpenHolds, long HeldUnits, long UsedUnits);
