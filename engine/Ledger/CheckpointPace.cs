using Sluice.Engine.Time;

namespace Sluice.Engine.Ledger;

/// <summary>
/// Spaces checkpoints: one over very many accounts is slow, and the longer they take, the rarer they are.
/// </summary>
internal sealed class CheckpointPace(ProcessClock clock)
{
    private long _lastMs = clock.MonotonicMs;
    private long _everyMs = LedgerBounds.CheckpointIntervalMs;

    /// <summary>Whether the next one is due.</summary>
    public bool IsDue => clock.MonotonicMs - _lastMs >= _everyMs;

    /// <param name="startedMs">When the commit began, monotonic milliseconds.</param>
    public void OnWritten(long startedMs)
    {
        _lastMs = clock.MonotonicMs;
        _everyMs = Math.Clamp(
            (_lastMs - startedMs) * LedgerBounds.CheckpointShare,
            LedgerBounds.CheckpointIntervalMs,
            LedgerBounds.CheckpointIntervalMaxMs);
    }
}
