using Sluice.Metering.Metrics;

namespace Sluice.Metering.Leases.Edge;

/// <summary>
/// One counter at one edge. Invariant: Granted − Returned − Used − InFlight − Held = Rights ≥ 0. Fields are touched
/// under the edge's lock only; the last two belong to the ledger writer.
/// </summary>
public sealed class EdgeCounter
{
    internal long Rights;
    internal long Granted;
    internal long Returned;
    internal long Used;
    internal long Extra;
    internal long InFlight;
    internal long InFlightExtra;
    internal long Held;
    internal long HeldExtra;
    internal int Open;
    internal long OthersUsed;
    internal long OthersHeld;
    internal long WaitingUnits;
    internal long Unchecked;
    internal long TakenSinceReport;
    internal long RateUnitsPerSecond;
    internal long RefillBelow;
    internal long RefusedUnits;
    internal long RefusalSequence;
    internal long RecallFollowed;
    internal long LeaveSequence;
    internal long ExhaustedUntilMs;
    internal long StrandedUntilMs;
    internal bool Limited;
    internal bool Dirty;
    internal bool Memory;
    internal bool MemoryWanted;

    /// <summary>
    /// Whether only the authority knows its totals: it was recalled after this edge had forgotten it.
    /// </summary>
    internal bool Unknown;

    internal EdgeCounter(EdgeScope scope, CounterId id, long periodEndMs)
    {
        Scope = scope;
        Id = id;
        PeriodEndMs = periodEndMs;
    }

    public EdgeScope Scope { get; }

    public CounterId Id { get; }

    /// <summary>First instant (Unix milliseconds) at which this counter no longer counts.</summary>
    public long PeriodEndMs { get; internal set; }

    /// <summary>The counter of the same metric in another kind of period, if a limit needs one.</summary>
    internal EdgeCounter? Next { get; set; }

    /// <summary>The blocking limit in force according to the authority; null if nothing blocks.</summary>
    public long? LimitUnits { get; internal set; }

    /// <summary>Usage in the period at all edges: exact for this edge, as of the last sync for the others.</summary>
    public long UsedUnits => OthersUsed + Used + Extra + InFlight + InFlightExtra;

    /// <summary>Units held by reservations at all edges.</summary>
    public long HeldUnits => OthersHeld + Held + HeldExtra;

    /// <summary>
    /// Whether requests may be answered from memory: nothing is limited, or the rights were granted for it.
    /// </summary>
    public bool AllowsMemory => !Limited || Memory;

    /// <summary>
    /// U as of the batch being written; owned by the ledger writer, which adds what a batch really counted (repeats do
    /// not count, so a checkpoint adds it up inside the transaction) before it settles the batch's requests. A batch
    /// with <see cref="Take.ExtraUnits"/> on a limited counter must carry that counter's account, so that usage beyond
    /// rights is never unknown to an authority that starts from disk.
    /// </summary>
    public long LedgerUsedUnits { get; set; }

    /// <summary>X as of the batch being written; owned by the ledger writer.</summary>
    public long LedgerExtraUnits { get; set; }

    /// <summary>
    /// Whether the ledger's account of this counter lags; owned by the ledger writer, set before the requests of a
    /// batch are settled and cleared once a batch that carried the account is on disk. Every lagging account must be
    /// written from time to time: a counter is not forgotten before that.
    /// </summary>
    public bool LedgerLags { get; set; }

    /// <summary>
    /// Whether idle rights go back to the authority at once: nothing is limited, or it has recalled them.
    /// </summary>
    internal bool KeepsNothing => !Limited || RecallFollowed > 0;

    /// <summary>
    /// Whether all usage is on disk, including in the account, and nothing is in flight. <c>Open</c> counts takes in
    /// flight or held, including those of 0 units, because a hold of nothing may be committed with more.
    /// </summary>
    internal bool Settled => Open == 0 && WaitingUnits == 0 && !LedgerLags && !Unknown;

    internal bool Quiet => Settled && !Dirty;

    /// <summary>
    /// Checks whether more units can be counted beyond rights: a sum never exceeds
    /// <see cref="LeaseBounds.CounterUnitsMax"/>.
    /// </summary>
    internal bool HasRoomFor(long units)
    {
        if (units <= Unchecked)
            return true;
        var room = LeaseBounds.CounterUnitsMax - UsedUnits - HeldUnits;
        if (units > room)
            return false;
        Unchecked = Math.Min(room, LeaseBounds.UncheckedUnitsMax);
        return true;
    }
}
