using System.Collections.Concurrent;

namespace Sluice.EndToEnd.Traffic;

/// <summary>Every request that was sent and its response, recorded before the client continues.</summary>
internal sealed class CallJournal
{
    private readonly ConcurrentQueue<Attempt> _attempts = new();
    private long _acknowledged;
    private long _refused;
    private long _notCounted;

    /// <summary>All attempts, in the order of their responses.</summary>
    public IReadOnlyCollection<Attempt> Attempts => _attempts;

    public long Acknowledged => Volatile.Read(ref _acknowledged);

    public long Refused => Volatile.Read(ref _refused);

    public long NotCounted => Volatile.Read(ref _notCounted);

    public void Add(Attempt attempt)
    {
        _attempts.Enqueue(attempt);
        if (attempt.Acknowledged)
            Interlocked.Increment(ref _acknowledged);
        else if (attempt.Verdict == Verdict.Refused)
            Interlocked.Increment(ref _refused);
        else if (attempt.Verdict == Verdict.NotCounted)
            Interlocked.Increment(ref _notCounted);
    }

    /// <summary>
    /// Returns every call with an id that was ever sent, once, in a fixed order: these may be repeated.
    /// </summary>
    public IReadOnlyList<Call> Calls() =>
        [.. _attempts.Select(static a => a.Call).Where(static c => c.Id is not null).Distinct()];
}
