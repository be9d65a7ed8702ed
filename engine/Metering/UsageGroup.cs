namespace Sluice.Engine.Metering;

/// <summary>Events that are answered together: the answer comes when the last one has its own.</summary>
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
