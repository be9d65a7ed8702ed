namespace Sluice.Engine.Events;

/// <summary>A group of events answered together: it completes when the last of them is answered.</summary>
public sealed class UsageGroup
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _open;

    public UsageGroup(IReadOnlyList<UsageEvent> events)
    {
        _open = events.Count;
        foreach (var usage in events)
            usage.Group = this;
        if (_open == 0)
            _done.SetResult();
    }

    public Task Done => _done.Task;

    internal void Answered()
    {
        if (Interlocked.Decrement(ref _open) == 0)
            _done.SetResult();
    }
}
