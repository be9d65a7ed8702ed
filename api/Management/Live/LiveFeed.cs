namespace Sluice.Api.Management.Live;

/// <summary>
/// What all listeners of a tenant on this node share: the last snapshot, and the signal that it has been polled again.
/// A listener that is slow misses snapshots, not changes: it compares with the last one that it has sent.
/// </summary>
internal sealed class LiveFeed(long tenantId)
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _tick = New();
    private LiveSnapshot? _latest;
    private Exception? _failure;
    private bool _hasEnded;

    public long TenantId { get; } = tenantId;

    /// <summary>The number of listeners. Guarded by the hub.</summary>
    public int Listeners { get; set; }

    /// <summary>Returns the state together with the task that ends when there may be another one.</summary>
    public (LiveSnapshot? Latest, bool HasEnded, Task Tick) Look()
    {
        lock (_gate)
            return (_latest, _hasEnded, _tick.Task);
    }

    /// <summary>Waits for the first snapshot; null if the tenant is gone or the node stops.</summary>
    /// <exception cref="Exception">The state can't be read.</exception>
    public async Task<LiveSnapshot?> FirstAsync(CancellationToken ct)
    {
        while (true)
        {
            var (latest, hasEnded, tick) = Look();
            if (latest is not null)
                return latest;
            if (hasEnded)
                return _failure is null ? null : throw _failure;
            await tick.WaitAsync(ct);
        }
    }

    /// <summary>Publishes what a poll has found, and wakes the listeners even if nothing has changed.</summary>
    public void Publish(IEnumerable<(string ScopeId, byte[] Json)> states)
    {
        var next = LiveSnapshot.After(_latest, states);
        lock (_gate)
            _latest = next;
        Wake();
    }

    /// <summary>Wakes the listeners: they have more to do than to send changes.</summary>
    public void Wake()
    {
        TaskCompletionSource tick;
        lock (_gate)
            (tick, _tick) = (_tick, New());
        tick.TrySetResult();
    }

    /// <summary>Ends all streams.</summary>
    /// <param name="failure">Why the state could never be read; null for any other reason.</param>
    public void End(Exception? failure = null)
    {
        lock (_gate)
            (_hasEnded, _failure) = (true, _failure ?? failure);
        Wake();
    }

    /// <summary>Continuations run in the lane of their listener, not in that of the poll.</summary>
    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
