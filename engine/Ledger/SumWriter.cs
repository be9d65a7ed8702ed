using Microsoft.Extensions.Logging;
using Npgsql;
using Sluice.Engine.Time;
using Sluice.Storage.Ledger;

namespace Sluice.Engine.Ledger;

/// <summary>
/// Writes usage sums behind the ledger, a segment at a time and with pauses, so that neither their number nor a slow
/// store delays an answer. Segments shrink while they are slow. What is not written when the process dies is added up
/// from the ledger when its session is settled.
/// </summary>
internal sealed class SumWriter(
    SumConnection connection, LabelBook labels, PendingSums pending, ProcessClock clock, ILogger logger) : IDisposable
{
    private readonly WriterSignal _signal = new(clock.Time);
    private long _reached;
    private int _rowsMax = LedgerBounds.SegmentRowsMax;
    private TimeSpan _patience = LedgerBounds.SegmentPatience;
    private readonly FailureWatch _failures = new(clock);
    private readonly TaskCompletionSource _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Called after each segment that was written.</summary>
    public Action? Written { get; set; }

    /// <summary>Whether the sums have not been written for so long that people should know.</summary>
    public bool Fails => _failures.Lasts;

    /// <summary>The number of sums that were folded into one for other labels.</summary>
    public long Folded => labels.Folded;

    /// <summary>Wakes the writer: a segment may be taken.</summary>
    public void Set() => _signal.Set();

    /// <summary>Ends the writer once everything is written that may be, or at the first failure.</summary>
    public void Complete()
    {
        _completed.TrySetResult();
        _signal.Set();
    }

    private bool Completed => _completed.Task.IsCompleted;

    public void Dispose() => _signal.Dispose();

    /// <summary>Runs until completed, or until another node has settled the session.</summary>
    public async Task RunAsync()
    {
        while (true)
        {
            await _signal.WaitAsync();
            while (pending.Take(_rowsMax) is { } segment)
            {
                var startedMs = clock.MonotonicMs;
                if (!await WriteAsync(segment))
                    return;
                pending.OnWritten(segment);
                Written?.Invoke();
                await PauseAsync(clock.MonotonicMs - startedMs);
            }

            if (Completed)
                return;
        }
    }

    /// <summary>Writes a segment, however often it fails; returns false if it never will be.</summary>
    private async Task<bool> WriteAsync(SumSegment segment)
    {
        (List<RollupLine> Lines, LabelsOfDay Labels)? folded = null;
        while (true)
        {
            var startedMs = clock.MonotonicMs;
            try
            {
                // Once only: the labels that it adds are known from then on.
                folded ??= await labels.FoldAsync(segment, CancellationToken.None);
                var (lines, used) = folded.Value;
                await connection.AddAsync(lines, used, _reached, segment.End, _patience, CancellationToken.None);
                return Reached(segment);
            }
            catch (Exception e) when (
                e is NpgsqlException or IOException or TimeoutException or InvalidOperationException)
            {
                NoteFailure(e, startedMs);
            }

            if (await FindReachAsync() is not { } reached)
                return false;
            if (reached == segment.End)
                return Reached(segment);
            if (reached != _reached)
                return false;
        }
    }

    private bool Reached(SumSegment segment)
    {
        _reached = segment.End;
        _patience = LedgerBounds.SegmentPatience;
        _failures.OnSuccess();
        return true;
    }

    private void NoteFailure(Exception e, long startedMs)
    {
        LedgerLog.SumsFailed(logger, e, _rowsMax);
        _failures.OnFailure(startedMs);
        _rowsMax = LedgerBounds.SegmentRowsMin;
        // A single batch can't be cut, so it is given more time each time.
        if (_patience < LedgerBounds.SegmentPatienceMax)
            _patience *= 2;
    }

    /// <summary>
    /// Asks the store, until it answers, how far the sums on disk reach; null if the session is over.
    /// </summary>
    private async Task<long?> FindReachAsync()
    {
        while (!Completed)
        {
            await DelayAsync(LedgerBounds.RetryMs);
            try
            {
                return await connection.ReachAsync(CancellationToken.None);
            }
            catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
            {
                LedgerLog.StoreAway(logger, e.Message);
            }
        }

        return null;
    }

    /// <summary>
    /// Leaves the store to others for as long as the segment took, and fits the size of the next one.
    /// </summary>
    private Task PauseAsync(long tookMs)
    {
        _rowsMax = tookMs > LedgerBounds.SegmentTargetMs
            ? Math.Max(LedgerBounds.SegmentRowsMin, _rowsMax / 2)
            : Math.Min(LedgerBounds.SegmentRowsMax, _rowsMax * 2);
        return DelayAsync(Math.Max(tookMs, LedgerBounds.SegmentPauseMs));
    }

    private Task DelayAsync(long ms) =>
        Task.WhenAny(Task.Delay(TimeSpan.FromMilliseconds(ms), clock.Time), _completed.Task);
}
