using Microsoft.Extensions.Logging;
using Npgsql;
using Sluice.Engine.Events;
using Sluice.Engine.Time;
using Sluice.Storage.Ledger;
using Sluice.Storage.Ledger.Entries;

namespace Sluice.Engine.Ledger;

/// <summary>
/// Writes events in group commits: events that arrive while one batch is being written form the next. One loop, one
/// batch at a time, so that the batches of a session commit in the order of their numbers.
/// </summary>
internal sealed class LedgerWriter : IAsyncDisposable
{
    private readonly WaitingEvents _waiting = new();
    private readonly LedgerBatch _batch = new();
    private readonly CarriedEvents _carried = new();
    private readonly LaggingAccounts _accounts = new();
    private readonly PendingSums _sums = new();
    private readonly SumWriter _sumWriter;
    private readonly LedgerConnection _ledger;
    private readonly IBatchOwner _owner;
    private readonly ProcessClock _clock;
    private readonly ILogger _logger;
    private readonly WriterSignal _signal;
    private readonly FailureWatch _failures;
    private readonly BatchSize _size = new();
    private readonly CheckpointPace _checkpoints;
    private long _number;
    private long _startedMs;
    private long _repeatsUntilMs;
    private volatile bool _lags;
    private volatile bool _completed;

    public LedgerWriter(SessionLedger ledger, IBatchOwner owner, ProcessClock clock, ILogger logger)
    {
        _ledger = ledger.Batches;
        _owner = owner;
        _clock = clock;
        _logger = logger;
        _signal = new WriterSignal(clock.Time);
        _failures = new FailureWatch(clock);
        _checkpoints = new CheckpointPace(clock);
        _sumWriter = new SumWriter(ledger.Sums, new LabelBook(ledger.Labels, clock), _sums, clock, logger)
        {
            // Events of a tenant may wait until its sums are written.
            Written = _signal.Set,
        };
    }

    /// <summary>Whether new events are accepted; false while the store is unreachable.</summary>
    public bool Accepting { get; private set; } = true;

    /// <summary>Whether batches have failed for so long that the node should not be asked.</summary>
    public bool Fails => _failures.Lasts;

    /// <summary>
    /// Whether usage sums have not been written for too long; limits and the ledger are exact even so.
    /// </summary>
    public bool SumsFail => _sumWriter.Fails;

    public int Queued => _waiting.Count;

    /// <summary>The rows of sums that wait to be written.</summary>
    public int PendingRows => _sums.Rows;

    /// <summary>The number of sums that were folded into one for other labels.</summary>
    public long FoldedSums => _sumWriter.Folded;

    /// <summary>
    /// Whether an answer from memory can keep its promise: earlier answers of the tenant reach the disk in time.
    /// </summary>
    public bool KeepsUp(long tenantId)
    {
        var nowMs = _clock.MonotonicMs;
        return nowMs - Math.Min(nowMs, _waiting.OldestMs(tenantId)) < LedgerBounds.MemoryRiskMs
            && _failures.ForMs < LedgerBounds.MemoryRiskMs;
    }

    /// <summary>Whether the queue has room for this many more events of a tenant.</summary>
    public bool HasRoom(long tenantId, int count) => _waiting.HasRoom(tenantId, count);

    /// <summary>Adds an event to the queue; returns false if the queue is full.</summary>
    public bool TryEnqueue(UsageEvent usage)
    {
        usage.Hold();
        var memory = usage.Memory;
        if (_waiting.TryAdd(usage, _clock.MonotonicMs))
        {
            // No caller waits for events answered from memory, so they wait to be batched: the cost is per batch.
            if (memory && Queued < LedgerBounds.GatherMax)
                _signal.SetSoon(LedgerBounds.GatherMs);
            else
                _signal.Set();
            return true;
        }

        usage.Release();
        return false;
    }

    /// <summary>Wakes the writer if accounts and sums may be due without new events. Called by one timer.</summary>
    public void Nudge()
    {
        if (_lags || _owner.CheckpointWanted || _failures.ProbeDue)
            _signal.Set();
    }

    /// <summary>
    /// Runs until the queue is completed and everything is on disk, accounts included, and sums if the store is well.
    /// </summary>
    public async Task RunAsync()
    {
        var sums = Task.Run(_sumWriter.RunAsync, CancellationToken.None);
        var batches = WriteAllAsync();

        // Without the sums' loop, statements and then tenants would wait for ever; the node ends and starts from disk.
        if (await Task.WhenAny(batches, sums) == sums && sums.IsFaulted)
            await sums;
        await batches;
        _sumWriter.Complete();
        await sums;
    }

    /// <summary>Accepts nothing more; the loop ends once everything is on disk.</summary>
    public void Complete()
    {
        _waiting.Close();
        _completed = true;
        _signal.Set();
    }

    public ValueTask DisposeAsync()
    {
        _signal.Dispose();
        _sumWriter.Dispose();
        return _ledger.DisposeAsync();
    }

    private async Task WriteAllAsync()
    {
        while (true)
        {
            if (_carried.Count == 0)
                await _signal.WaitAsync();
            var ended = _completed;
            Drain(ended);
            if (_batch.Events.Count > 0 || CheckpointDue(ended) || _failures.ProbeDue)
                await WriteAsync(ended);
            if (_owner.Fenced || (ended && Queued == 0 && _accounts.Empty && _carried.Count == 0))
                break;
            if (ended)
                _signal.Set();
        }

        // A fence may have come while other threads were adding to the queue: every event must be answered.
        Accepting = false;
        Complete();
        RefuseQueued();
        FailCarried();
    }

    private void Drain(bool ended)
    {
        var carried = _carried.TakeInto(_batch.Events, _size.LinesMax);
        _waiting.Take(_batch.Events, LedgerBounds.BatchMax, _size.LinesMax - carried, ended ? Always : HasRoomForSums);
        // Events left behind by a full batch were signalled for, but that signal is used up.
        if (_batch.Events.Count > 0 && Queued > 0)
            _signal.Set();
        _startedMs = _clock.MonotonicMs;
    }

    private static bool Always(long tenantId) => true;

    private bool HasRoomForSums(long tenantId) => _sums.RowsOf(tenantId) < LedgerBounds.SumRowsMax;

    private bool CheckpointDue(bool now) =>
        _owner.CheckpointWanted
        || _accounts.Count >= LedgerBounds.AccountsMax
        || (!_accounts.Empty && (now || _checkpoints.IsDue));

    private async Task WriteAsync(bool last)
    {
        var number = _number + 1;
        var full = CheckpointDue(last);
        for (var attempt = 0; ; attempt++)
        {
            _batch.Restart();
            var outcome = await TryWriteAsync(number, full);
            if (outcome == BatchOutcome.Collided && attempt < LedgerBounds.CollisionRetries)
            {
                _repeatsUntilMs = _clock.MonotonicMs + LedgerBounds.RepeatsMs;
                continue;
            }

            await EndAsync(number, full, outcome);
            return;
        }
    }

    private async Task<BatchOutcome> TryWriteAsync(long number, bool full)
    {
        var added = false;
        try
        {
            var lookUp = _batch.HasLookUps || _clock.MonotonicMs < _repeatsUntilMs;
            var found = await _ledger.BeginAsync(_batch.Ids, lookUp, _clock.WallMs, CancellationToken.None);
            if (found.Count > 0)
                _repeatsUntilMs = _clock.MonotonicMs + LedgerBounds.RepeatsMs;
            _batch.Sort(found);
            if (_batch.HeldElsewhere() is { Count: > 0 } held)
                _batch.LeaveOut(await _ledger.FindMovedAsync(held, CancellationToken.None));
            _accounts.Add(_batch.Written, 1);
            added = true;
            if (full)
                _owner.BeginCheckpoint();
            var startedMs = _clock.MonotonicMs;
            await _ledger.CommitAsync(
                number, _batch.Rows, _accounts.Plan(full), _owner.HoldsFrom(number), CancellationToken.None);
            if (full)
                _checkpoints.OnWritten(startedMs);
            return BatchOutcome.Written;
        }
        catch (LedgerFencedException)
        {
            return BatchOutcome.Fenced;
        }
        catch (CommitUnknownException e)
        {
            LedgerLog.CommitUnknown(_logger, e, number);
            return await ResolveAsync(number) ? BatchOutcome.Written : Failed(added);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            await _ledger.RollBackAsync();
            Failed(added);
            return BatchOutcome.Collided;
        }
        catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException or InvalidOperationException)
        {
            LedgerLog.BatchFailed(_logger, e, number);
            await _ledger.AbandonAsync();
            return Failed(added);
        }
    }

    private BatchOutcome Failed(bool added)
    {
        if (added)
            _accounts.Add(_batch.Written, -1);
        return BatchOutcome.Failed;
    }

    /// <summary>
    /// Asks the store, until it answers, whether a batch is on disk. Callers get their answer earlier.
    /// </summary>
    private async Task<bool> ResolveAsync(long number)
    {
        while (true)
        {
            // Measured from the start of the batch: the commit may have hung before it failed.
            if (_clock.MonotonicMs - _startedMs >= LedgerBounds.UnknownWaitMs)
            {
                foreach (var usage in _batch.Events)
                    usage.Answer(UsageVerdict.OutcomeUnknown);
            }

            if (await TrySealAsync(number) is { } written)
                return written;
            await Task.Delay(TimeSpan.FromMilliseconds(LedgerBounds.RetryMs), _clock.Time);
        }
    }

    /// <summary>
    /// Seals a number, and returns whether its batch is on disk; null if the store can't be reached. One failed batch
    /// says nothing about the events that wait for the next: they are refused once the store does not answer this
    /// either, or not soon.
    /// </summary>
    private async Task<bool?> TrySealAsync(long number)
    {
        var seal = _ledger.SealAsync(number, CancellationToken.None);
        var grace = Task.Delay(TimeSpan.FromMilliseconds(LedgerBounds.SealGraceMs), _clock.Time);
        if (await Task.WhenAny(seal, grace) != seal)
            RefuseAll();
        try
        {
            return await seal;
        }
        catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
        {
            LedgerLog.StoreAway(_logger, e.Message);
            RefuseAll();
            return null;
        }

        void RefuseAll()
        {
            Accepting = false;
            RefuseQueued();
        }
    }

    private async Task EndAsync(long number, bool full, BatchOutcome outcome)
    {
        switch (outcome)
        {
            case BatchOutcome.Written:
                // Before the answers, with which the events go back to their pool.
                _sums.Add(_batch.Written, number);
                if (full)
                    _accounts.Written();
                _size.OnWritten(_batch.Events.Sum(WaitingEvents.LinesOf), _clock.MonotonicMs - _startedMs);
                if (_batch.Written.Count > 0)
                    _failures.OnSuccess();
                else
                    _failures.OnProbed();
                _owner.OnWritten(_batch, number, full);
                _batch.Clear();
                Accepting = true;
                break;
            case BatchOutcome.Fenced:
                Accepting = false;
                _owner.OnFenced();
                _owner.OnFailed(_batch.Events, full);
                _batch.Clear();
                RefuseQueued();
                break;
            default:
                await FailAsync(number, full);
                break;
        }

        // Written or sealed: either way nothing else can be written under this number.
        _number = number;
        _waiting.EndBatch();
        _lags = !_accounts.Empty;
        if (_lags || outcome == BatchOutcome.Fenced)
            return;
        _sums.AllowUpTo(number);
        _sumWriter.Set();
    }

    /// <summary>
    /// Fails a batch of which nothing is on disk. Its callers are notified; events answered from memory stay and go
    /// with the next batch, because nothing acknowledged may be lost.
    /// </summary>
    private async Task FailAsync(long number, bool full)
    {
        _failures.OnFailure(_startedMs);
        _size.OnFailed();
        _carried.TakeFrom(_batch.Events);
        _owner.OnFailed(_batch.Events, full);
        _batch.Clear();
        try
        {
            while (await TrySealAsync(number) is null)
                await Task.Delay(TimeSpan.FromMilliseconds(LedgerBounds.RetryMs), _clock.Time);
            Accepting = true;
        }
        catch (LedgerFencedException)
        {
            Accepting = false;
            _owner.OnFenced();
        }
    }

    /// <summary>
    /// Fails acknowledged events because the session is over: they count as used until the period ends.
    /// </summary>
    private void FailCarried()
    {
        _owner.OnFailed(_carried.TakeAll(), checkpoint: false);
    }

    /// <summary>
    /// Answers queued events. Those answered already are set aside, not added to the batch whose outcome is still being
    /// queried: that batch would be settled without them.
    /// </summary>
    private void RefuseQueued()
    {
        var refused = _waiting.TakeAll();
        _carried.TakeFrom(refused);
        if (refused.Count > 0)
            _owner.OnFailed(refused, checkpoint: false);
    }
}
