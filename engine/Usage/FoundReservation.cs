using Sluice.Metering.Leases.Holds;
using Sluice.Storage.Ledger.Entries;

namespace Sluice.Engine.Usage;

/// <summary>What the ledger has of a reservation.</summary>
/// <param name="Opened">The reservation itself.</param>
/// <param name="End">Its commit or release; null if there is none.</param>
/// <param name="Prolongations">Its prolongations, in no order.</param>
public sealed record FoundReservation(FoundEntry Opened, FoundEntry? End, IReadOnlyList<FoundEntry> Prolongations)
{
    /// <summary>Its hold, if that was handed over and is open; otherwise null.</summary>
    public HandedOverHold? Hold { get; init; }

    /// <summary>When it expires, with all prolongations: each is later than the ones before it.</summary>
    public long ExpiresAtMs =>
        Prolongations.Count == 0 ? Opened.ExpiresAtMs : Prolongations.Max(static entry => entry.ExpiresAtMs);

    /// <summary>
    /// Where its hold was found; null if it was made by a version that wrote rows, whose holds ended with it.
    /// </summary>
    internal HoldElsewhere? Elsewhere =>
        Opened.Session.Value == 0 ? null : new HoldElsewhere(Opened.Id, Opened.Session, Hold is not null);
}
