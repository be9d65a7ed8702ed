using Sluice.Storage.Ledger.Entries;


namespace Sluice.Engine.Usage;

/// <summary>A reservation at an instant.</summary>
/// <param name="Found">What the ledger has of it.</param>
/// <param name="NowMs">The instant, in Unix milliseconds.</param>
public sealed record ReservationReading(FoundReservation Found, long NowMs)
{
    public ReservationState State => Found.End switch
    {
        { Kind: EntryKind.Commit } => ReservationState.Committed,
        not null => ReservationState.Released,
        null => NowMs < Found.ExpiresAtMs ? ReservationState.Open : ReservationState.Expired,
    };
}
