namespace Sluice.Api.Lanes;

/// <summary>
/// The way of large batches through a node: what their bodies and events may occupy of its memory is shared out between
/// tenants, and they are read one after the other, tenant by tenant, on threads of their own.
/// </summary>
/// <param name="time">The clock of waits.</param>
internal sealed class BulkLane(TimeProvider time) : IDisposable
{
    /// <summary>
    /// Bodies up to this size, in bytes, are read at once: they cost no more than a few single requests.
    /// </summary>
    public const int SmallMax = 64 << 10;

    /// <summary>
    /// Bytes of bodies that a node takes at the same time. One tenant may have as many as are still free, so there is
    /// always room for another one.
    /// </summary>
    public const long BytesMax = 256L << 20;

    /// <summary>How long a batch waits for room before it is refused.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>No nicer: a collection of garbage waits until every thread of the process has stopped.</summary>
    private const int Niceness = 5;

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(20);

    private readonly FairWorkers _workers =
        new("bulk", threads: Math.Max(1, Environment.ProcessorCount / 2), Niceness);

    private readonly Lock _gate = new();
    private readonly Dictionary<long, long> _taken = [];
    private long _free = BytesMax;

    /// <summary>Waits for room for a body; null if there is none in time.</summary>
    /// <param name="owner">The tenant, or 0 for a gateway.</param>
    /// <param name="bytes">The size of the body.</param>
    /// <param name="ct">Cancels the wait.</param>
    public async ValueTask<BulkPlace?> EnterAsync(long owner, long bytes, CancellationToken ct)
    {
        var started = time.GetTimestamp();
        while (!TryTake(owner, bytes))
        {
            if (time.GetElapsedTime(started) >= Patience)
                return null;
            await Task.Delay(LookEvery, time, ct);
        }

        return new BulkPlace(this, owner, bytes);
    }

    public void Dispose() => _workers.Dispose();

    internal Task RunAsync(long owner, Action work) => _workers.RunAsync(owner, work);

    internal void Leave(long owner, long bytes)
    {
        lock (_gate)
        {
            _free += bytes;
            if ((_taken[owner] -= bytes) == 0)
                _taken.Remove(owner);
        }
    }

    private bool TryTake(long owner, long bytes)
    {
        lock (_gate)
        {
            var mine = _taken.GetValueOrDefault(owner);
            if (mine + bytes > _free)
                return false;
            _free -= bytes;
            _taken[owner] = mine + bytes;
            return true;
        }
    }
}
