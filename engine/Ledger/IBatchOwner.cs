using Sluice.Engine.Events;

namespace Sluice.Engine.Ledger;

/// <summary>
/// The edge as seen by its ledger writer: it says when checkpoints are due and receives the results of its events.
/// </summary>
internal interface IBatchOwner
{
    /// <summary>Whether the next batch should carry a checkpoint.</summary>
    bool CheckpointWanted { get; }

    /// <summary>Whether the session has ended, so that nothing more of it will be written.</summary>
    bool Fenced { get; }

    /// <summary>Captures the state that a checkpoint writes; the next batch carries it.</summary>
    void BeginCheckpoint();

    /// <summary>Returns the first batch that has a reservation which is open now; this one if there is none.</summary>
    long HoldsFrom(long batch);

    /// <summary>Answers the events of a batch that is on disk.</summary>
    void OnWritten(LedgerBatch batch, long number, bool checkpoint);

    /// <summary>Answers events that are not, or may not be, on disk.</summary>
    void OnFailed(List<UsageEvent> events, bool checkpoint);

    /// <summary>Stops admitting: the session was fenced in the store.</summary>
    void OnFenced();
}
