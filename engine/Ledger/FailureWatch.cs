using Sluice.Engine.Time;

namespace Sluice.Engine.Ledger;

/// <summary>Knows since when something fails again and again. Written by one loop, read by any thread.</summary>
internal sealed class FailureWatch(ProcessClock clock)
{
    private long _sinceMs = long.MaxValue;
    private long _lastMs;
    private long _triedMs;

    /// <summary>How long it has failed without a success; 0 if it does not.</summary>
    public long ForMs
    {
        get
        {
            var sinceMs = Volatile.Read(ref _sinceMs);
            return sinceMs == long.MaxValue ? 0 : Math.Max(1, clock.MonotonicMs - sinceMs);
        }
    }

    /// <summary>Whether it has failed for so long that readiness should say so.</summary>
    public bool Lasts => ForMs > LedgerBounds.FailsMs;

    /// <summary>Whether it is time to find out whether it still fails.</summary>
    public bool ProbeDue => ForMs > 0 && clock.MonotonicMs - Volatile.Read(ref _triedMs) >= LedgerBounds.ProbeMs;

    public void OnSuccess() => Volatile.Write(ref _sinceMs, long.MaxValue);

    /// <summary>
    /// Notes that a probe has succeeded. It has none of the content that may be the reason, so it proves something only
    /// once nothing has failed for a while.
    /// </summary>
    public void OnProbed()
    {
        var nowMs = clock.MonotonicMs;
        Volatile.Write(ref _triedMs, nowMs);
        if (nowMs - Volatile.Read(ref _lastMs) >= LedgerBounds.ProvenMs)
            OnSuccess();
    }

    /// <param name="startedMs">When the attempt began, monotonic milliseconds.</param>
    public void OnFailure(long startedMs)
    {
        Interlocked.CompareExchange(ref _sinceMs, startedMs, long.MaxValue);
        var nowMs = clock.MonotonicMs;
        Volatile.Write(ref _lastMs, nowMs);
        Volatile.Write(ref _triedMs, nowMs);
    }
}
