using Sluice.Metering.Identity;
using Sluice.Metering.Leases.Holds;

namespace Sluice.Simulation.Storage;

/// <summary>A reservation as an edge that does not have it finds it in the store.</summary>
/// <param name="Session">The session that admitted it.</param>
/// <param name="Ended">Whether it has ended: committed, released or expired.</param>
/// <param name="HandedOver">The open hold, if it was handed over; null if its session has it.</param>
/// <param name="Prolongations">How many times it was prolonged.</param>
/// <param name="ExpiresAtMs">When it expires; Unix milliseconds.</param>
internal sealed record HoldView(
    SessionId Session, bool Ended, HandedOverHold? HandedOver, int Prolongations, long ExpiresAtMs);
