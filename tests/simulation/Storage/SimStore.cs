using Sluice.Metering.Identity;
using Sluice.Simulation.Chance;
using Sluice.Simulation.Faults;
using Sluice.Simulation.Runs;
using Sluice.Simulation.Timeline;

namespace Sluice.Simulation.Storage;

/// <summary>
/// The way to the tables and back: latency, group commit, outages, a crash that loses the unflushed tail, and commits
/// whose outcome the caller does not learn.
/// </summary>
internal sealed class SimStore(EventHeap heap, SeededChance chance, FaultPlan plan, Trace trace, StoreTables tables)
{
    private const long GroupCommitUs = 1_000;

    private readonly Dictionary<SessionId, StoreWork> _openBatches = [];
    private long _downUntilUs;
    private long _crashes;

    public StoreTables Tables { get; } = tables;

    public bool Down => heap.NowUs < _downUntilUs;

    public void Outage(long forUs)
    {
        trace.Add("store outage", forUs);
        _downUntilUs = heap.NowUs + forUs;
    }

    /// <summary>Crashes: transactions that were not flushed are gone; the store is back at once.</summary>
    public void Crash()
    {
        trace.Add("store crash");
        _crashes++;
    }

    public void Heal() => _downUntilUs = heap.NowUs;

    /// <summary>
    /// Executes one transaction. The answer reaches the caller if its machine runs; it may say that the outcome is
    /// unknown.
    /// </summary>
    public StoreWork Execute<T>(Node caller, Func<T> work, Action<StoreAnswer<T>> answer)
    {
        var op = new StoreWork();
        heap.After(chance.Between(100, 600), () => Arrive(op, caller, work, answer));
        return op;
    }

    /// <summary>Writes a ledger batch, which holds its session's row until it ends.</summary>
    public StoreWork Write(Node caller, LedgerBatch batch, Action<StoreAnswer<BatchResult>> answer)
    {
        var op = Execute(caller, () => Tables.Write(batch), answer);
        _openBatches[batch.Session] = op;
        return op;
    }

    /// <summary>Raises a fence. It waits for the session's open batch, or ends it.</summary>
    public void Fence(Node caller, SessionId session, Action<StoreAnswer<bool>> answer)
    {
        if (_openBatches.TryGetValue(session, out var open) && !open.Ended && chance.Percent(50))
        {
            trace.Add("batch killed by fence", session.Value);
            open.End(false);
        }

        AfterOpenBatch(session, () => Execute(caller, () => FenceNow(session), answer));
    }

    /// <summary>Ends a session by its own process, once everything is written.</summary>
    public void Close(Node caller, SessionId session, Action<StoreAnswer<bool>> answer) =>
        AfterOpenBatch(session, () => Execute(caller, () => CloseNow(session), answer));

    /// <summary>Asks for the result of a batch, after its transaction has ended one way or the other.</summary>
    public void Resolve(Node caller, SessionId session, long number, Action<StoreAnswer<BatchResult>> answer) =>
        AfterOpenBatch(session, () => Execute(caller, () => Tables.Resolve(session, number), answer));

    private bool FenceNow(SessionId session)
    {
        Tables.Fence(session);
        return true;
    }

    private bool CloseNow(SessionId session)
    {
        Tables.Close(session);
        return true;
    }

    private void AfterOpenBatch(SessionId session, Action action)
    {
        if (_openBatches.TryGetValue(session, out var open) && !open.Ended)
            heap.After(500, () => AfterOpenBatch(session, action));
        else
            action();
    }

    private void Arrive<T>(StoreWork op, Node caller, Func<T> work, Action<StoreAnswer<T>> answer)
    {
        var unknown = Down || chance.Percent(plan.UnknownPercent);
        var lost = Down || (unknown && chance.Percent(50));
        var commitUs = chance.Percent(plan.SlowCommitPercent)
            ? chance.Between(10_000, 300_000)
            : chance.Between(300, 2_500);
        var crashesBefore = _crashes;
        var flushAt = ((heap.NowUs + commitUs) / GroupCommitUs * GroupCommitUs) + GroupCommitUs;
        heap.After(flushAt - heap.NowUs, () =>
        {
            var applied = !lost && !op.Ended && crashesBefore == _crashes;
            var value = applied ? work() : default!;
            op.End(applied);
            if (applied && !unknown)
                heap.After(chance.Between(100, 600), () => caller.Run(() => answer(new StoreAnswer<T>(true, value))));
            else if (!unknown)
                AnswerUnknown(caller, answer);
        });

        // The connection breaks: the answer may come before or after the transaction ends.
        if (unknown)
            AnswerUnknown(caller, answer);
    }

    private void AnswerUnknown<T>(Node caller, Action<StoreAnswer<T>> answer)
    {
        trace.Add("commit unknown", caller.Number);
        heap.After(chance.Between(1_000, 30_000), () => caller.Run(() => answer(new StoreAnswer<T>(false, default!))));
    }
}
