using Sluice.Storage.Ledger.Entries;


namespace Sluice.Storage.Reports.Events;

/// <summary>A page of events, newest first.</summary>
/// <param name="Items">The events.</param>
/// <param name="Next">
/// Where the next page begins; null if there is none. A page that had to read very much ends early, maybe without an
/// event, and the next one goes on.
/// </param>
public sealed record EventPage(
    IReadOnlyList<(EventPosition Position, LedgerEntry Entry)> Items, EventPosition? Next);
