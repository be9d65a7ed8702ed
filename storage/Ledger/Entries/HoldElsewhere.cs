using Sluice.Metering.Identity;
using Sluice.Metering.Leases.Holds;

namespace Sluice.Storage.Ledger.Entries;

/// <summary>
/// A reservation as a session found it that does not have its hold. If something else is true when the batch is
/// written, the entry is left out of it.
/// </summary>
/// <param name="Reservation">The id of its entry.</param>
/// <param name="Session">The session that admitted it.</param>
/// <param name="HandedOver">Whether its hold has a row, because that session is settled.</param>
public sealed record HoldElsewhere(Guid Reservation, SessionId Session, bool HandedOver)
{
    /// <summary>What the end of a handed-over hold changes in its counters; empty for a prolongation.</summary>
    public IReadOnlyList<HoldUse> Uses { get; init; } = [];
}
