using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Npgsql;
using Sluice.Engine.Events;
using Sluice.Engine.Time;
using Sluice.Storage.Ledger;

namespace Sluice.Engine.Ledger;

/// <summary>
/// Writes events in group commits: events that arrive while one batch is being written form the next. One loop, one
/// batch at a time, so that the batches of a session commit in the order of their numbers.
/// </summary>
internal sealed class LedgerWriter : IAsyncDisposable
{
    private readonly Channel<UsageEvent> _queue = Channel.CreateBounded<UsageEvent>(
        new BoundedChannelOptions(LedgerBounds.QueueMax) { SingleReader = true });

    private readonly LedgerBatch _batch = new();
    private readonly List<UsageEvent> _carried = [];
    private readonly UsageAccumulator _usage = new();
    private readonly LedgerConnection _ledger;
    private readonly IBatchOwner _owner;
    private readonly ProcessClock _clock;
    private readonly ILogger _logger;
    private readonly WriterSignal _signal;
    private long _number;
    private long _checkpointAtMs;
    private long _checkpointEveryMs = LedgerBounds.CheckpointIntervalMs;
    private long _oldestMs = long.MaxValue;
    private long _startedMs;
    private long _repeatsUntilMs;
    private volatile bool _lags;
    private volatile bool _completed;

    public LedgerWriter(LedgerConnection ledger, IBatchOwner owner, ProcessClock clock, ILogger logger)
    {
        _ledger = ledger;
        _owner = owner;
        _clock = clock;
        _logger = logger;
        _checkpointAtMs = clock.MonotonicMs;
        _signal = new WriterSignal(clock.Time);
    }

    /// <summary>Whether new events are accepted; false while the store is unreachable.</summary>
    public bool Accepting { get; private set; } = true;

    /// <summary>Whether an answer from memory can keep its promise: earlier answers reach the disk in time.</summary>
    public bool KeepsUp =>
        _clock.MonotonicMs - Math.Min(_clock.MonotonicMs, Volatile.Read(ref _oldestMs)) < LedgerBounds.MemoryRiskMs;

    public int Queued => _queue.Reader.Count;

    /// <summary>Adds an event to the queue; returns false if the queue is full.</summary>
    public bool TryEnqueue(UsageEvent usage)
    {
        usage.Hold();
        Interlocked.CompareExchange(ref _oldestMs, _clock.MonotonicMs, long.MaxValue);
        var memory = usage.Memory;
        if (_queue.Writer.TryWrite(usage))
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
        if (_lags || _owner.CheckpointWanted)
            _signal.Set();
    }

    /// <summary>Runs until the queue is completed and everything is on disk, accounts included.</summary>
    public async Task RunAsync()
    {
        while (true)
        {
            if (_carried.Count == 0)
                await _signal.WaitAsync();
            var ended = _completed;
            Drain();
            if (_batch.Events.Count > 0 || CheckpointDue(ended))
                await WriteAsync(ended);
            if (_owner.Fenced || (ended && Queued == 0 && _usage.Empty && _carried.Count == 0))
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

    /// <summary>Accepts nothing more; the loop ends once everything is on disk.</summary>
    public void Complete()
    {
        _queue.Writer.TryComplete();
        _completed = true;
        _signal.Set();
    }

    public ValueTask DisposeAsync()
    {
        _signal.Dispose();
        return _ledger.DisposeAsync();
    }

    private void Drain()
    {
        _batch.Events.AddRange(_carried);
        _carried.Clear();
        while (_batch.Events.Count < LedgerBounds.BatchMax && _queue.Reader.TryRead(out var usage))
            _batch.Events.Add(usage);
        // Events left behind by a full batch were signalled for, but that signal is used up.
        if (_batch.Events.Count >= LedgerBounds.BatchMax)
            _signal.Set();
        _startedMs = _clock.MonotonicMs;
    }

    private bool CheckpointDue(bool now) =>
        _owner.CheckpointWanted
        || (!_usage.Empty && (now || _clock.MonotonicMs - _checkpointAtMs >= _checkpointEveryMs));

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
            _usage.Add(_batch.Written, 1);
            added = true;
            if (full)
                _owner.BeginCheckpoint();
            var startedMs = _clock.MonotonicMs;
            await _ledger.CommitAsync(number, _batch.Rows, _usage.Plan(full), CancellationToken.None);
            if (full)
                PaceCheckpoints(startedMs);
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
            _usage.Add(_batch.Written, -1);
        return BatchOutcome.Failed;
    }

    private void PaceCheckpoints(long startedMs)
    {
        // A checkpoint over very many keys is slow; spacing checkpoints bounds their share of the time.
        var tookMs = _clock.MonotonicMs - startedMs;
        _checkpointEveryMs = Math.Clamp(
            tookMs * LedgerBounds.CheckpointShare,
            LedgerBounds.CheckpointIntervalMs,
            LedgerBounds.CheckpointIntervalMaxMs);
    }

    /// <summary>
    /// Asks the store, until it answers, whether a batch is on disk. Callers get their answer earlier.
    /// </summary>
    private async Task<bool> ResolveAsync(long number)
    {
        Accepting = false;
        while (true)
        {
            // Measured from the start of the batch: the commit may have hung before it failed.
            if (_clock.MonotonicMs - _startedMs >= LedgerBounds.UnknownWaitMs)
            {
                foreach (var usage in _batch.Events)
                    usage.Answer(UsageVerdict.OutcomeUnknown);
            }

            RefuseQueued();
            try
            {
                return await _ledger.SealAsync(number, CancellationToken.None);
            }
            catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
            {
                LedgerLog.StoreAway(_logger, e.Message);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(LedgerBounds.RetryMs), _clock.Time);
        }
    }

    private async Task EndAsync(long number, bool full, BatchOutcome outcome)
    {
        switch (outcome)
        {
            case BatchOutcome.Written:
                if (full)
                {
                    _usage.Written();
                    _checkpointAtMs = _clock.MonotonicMs;
                }

                _owner.OnWritten(_batch, full);
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

        // Events waiting now arrived while this batch was in flight, so none of them is older than it.
        _lags = !_usage.Empty;
        Volatile.Write(ref _oldestMs, _carried.Count == 0 && Queued == 0 ? long.MaxValue : _startedMs);
    }

    /// <summary>
    /// Fails a batch of which nothing is on disk. Its callers are notified; events answered from memory stay and go
    /// with the next batch, because nothing acknowledged may be lost.
    /// </summary>
    private async Task FailAsync(long number, bool full)
    {
        Accepting = false;
        _carried.AddRange(_batch.Events.Where(IsPromised));
        _batch.Events.RemoveAll(IsPromised);
        _owner.OnFailed(_batch.Events, full);
        _batch.Clear();
        while (true)
        {
            RefuseQueued();
            try
            {
                await _ledger.SealAsync(number, CancellationToken.None);
                Accepting = true;
                return;
            }
            catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
            {
                LedgerLog.StoreAway(_logger, e.Message);
                await Task.Delay(TimeSpan.FromMilliseconds(LedgerBounds.RetryMs), _clock.Time);
            }
            catch (LedgerFencedException)
            {
                _owner.OnFenced();
                return;
            }
        }
    }

    /// <summary>
    /// Whether an event was answered from memory, or is about to be by the thread that enqueued it: it goes with the
    /// next batch and is never undone.
    /// </summary>
    private static bool IsPromised(UsageEvent usage) => usage.Memory;

    /// <summary>
    /// Fails acknowledged events because the session is over: they count as used until the period ends.
    /// </summary>
    private void FailCarried()
    {
        _owner.OnFailed(_carried, checkpoint: false);
        _carried.Clear();
    }

    /// <summary>
    /// Answers queued events. Those answered already are set aside, not added to the batch whose outcome is still being
    /// queried: that batch would be settled without them.
    /// </summary>
    private void RefuseQueued()
    {
        var refused = new List<UsageEvent>();
        while (_queue.Reader.TryRead(out var usage))
        {
            if (IsPromised(usage))
                _carried.Add(usage);
            else
                refused.Add(usage);
        }

        if (refused.Count > 0)
            _owner.OnFailed(refused, checkpoint: false);
    }
}
