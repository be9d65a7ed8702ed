using System.Runtime.CompilerServices;

namespace Sluice.Api.Lanes;

/// <summary>
/// Does heavy work on a few threads of its own, dealt out by owner: one with much to do waits for its own work and
/// does not delay the others.
/// </summary>
internal sealed class FairWorkers : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<long, Queue<Action>> _queues = [];
    private readonly Queue<long> _round = [];
    private readonly SemaphoreSlim _waiting = new(0);
    private readonly int _threads;
    private bool _ended;

    /// <param name="name">The name of its threads.</param>
    /// <param name="threads">How many.</param>
    /// <param name="niceness">0 to 19.</param>
    public FairWorkers(string name, int threads, int niceness)
    {
        _threads = threads;
        for (var i = 0; i < threads; i++)
            LaneThread.Start(name, niceness, Work);
    }

    /// <summary>Does something when it is the owner's turn; goes on elsewhere.</summary>
    /// <exception cref="ObjectDisposedException">The node ends.</exception>
    public Task RunAsync(long owner, Action work)
    {
        ArgumentNullException.ThrowIfNull(work);
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_ended, this);
            if (!_queues.TryGetValue(owner, out var queue))
            {
                _queues.Add(owner, queue = []);
                _round.Enqueue(owner);
            }

            queue.Enqueue(() => Do(work, done));
        }

        _waiting.Release();
        return done.Task;
    }

    public void Dispose()
    {
        lock (_gate)
            _ended = true;
        _waiting.Release(_threads);
    }

    private static void Do(Action work, TaskCompletionSource done)
    {
        try
        {
            work();
            done.SetResult();
        }
#pragma warning disable CA1031 // It is the caller's, who awaits the task.
        catch (Exception e)
        {
            done.SetException(e);
        }
#pragma warning restore CA1031
    }

    private void Work()
    {
        do
            _waiting.Wait();
        while (DoNext());
    }

    /// <summary>
    /// Does the next work; returns false at the end. Not a part of the loop, whose frame would keep what was done last,
    /// a whole batch, until there is something else to do.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool DoNext()
    {
        if (Next() is not { } work)
            return false;
        work();
        return true;
    }

    /// <summary>Takes the next owner's next work; null at the end.</summary>
    private Action? Next()
    {
        lock (_gate)
        {
            if (!_round.TryDequeue(out var owner))
                return null;
            var queue = _queues[owner];
            var work = queue.Dequeue();
            if (queue.Count > 0)
                _round.Enqueue(owner);
            else
                _queues.Remove(owner);
            return work;
        }
    }
}
