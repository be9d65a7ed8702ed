using Sluice.Metering.Identity;

namespace Sluice.Simulation.Storage;

/// <summary>A reservation as the entries of the ledger have it.</summary>
internal sealed class ReservationRow(SessionId session, LedgerEntry entry)
{
    /// <summary>The session that admitted it.</summary>
    public SessionId Session { get; } = session;

    public LedgerEntry Entry { get; } = entry;

    public long ExpiresAtMs { get; set; } = entry.ExpiresAtMs;

    /// <summary>How many times it was prolonged.</summary>
    public int Prolongations { get; set; }

    /// <summary>Whether its end is in the ledger: commit, release or expiry.</summary>
    public bool Ended { get; set; }
}
