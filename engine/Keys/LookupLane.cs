using System.Threading.Channels;
using Sluice.Engine.Time;
using Sluice.Storage.Control.Credentials;

namespace Sluice.Engine.Keys;

/// <summary>
/// Looks keys up with one query at a time, each for everyone who waits. Runs only while someone waits.
/// </summary>
/// <param name="store">Has the keys.</param>
/// <param name="clock">Measures the pause.</param>
/// <param name="pauseMs">Minimum pause between two queries; 0 for none.</param>
internal sealed class LookupLane(CredentialStore store, ProcessClock clock, int pauseMs)
{
    /// <summary>Maximum keys in a query.</summary>
    private const int BatchMax = 256;

    /// <summary>Maximum keys that wait; further callers wait to enter.</summary>
    private const int QueueMax = 10_000;

    private readonly Channel<(long Id, TaskCompletionSource<Credential?> Found)> _queue =
        Channel.CreateBounded<(long, TaskCompletionSource<Credential?>)>(QueueMax);

    private int _running;
    private long _queries;

    /// <summary>Queries since the start.</summary>
    public long Queries => Volatile.Read(ref _queries);

    /// <summary>Finds a key; null if there never was one with that id.</summary>
    /// <exception cref="Npgsql.NpgsqlException">The store can't be reached.</exception>
    public async Task<Credential?> FindAsync(long id)
    {
        var found = new TaskCompletionSource<Credential?>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_queue.Writer.TryWrite((id, found)))
        {
            RunIfIdle();
            await _queue.Writer.WriteAsync((id, found));
        }

        RunIfIdle();
        return await found.Task;
    }

    private void RunIfIdle()
    {
        if (Interlocked.CompareExchange(ref _running, 1, 0) == 0)
            _ = Task.Run(RunAsync);
    }

    private async Task RunAsync()
    {
        var waiting = new List<(long Id, TaskCompletionSource<Credential?> Found)>();
        while (true)
        {
            waiting.Clear();
            while (waiting.Count < BatchMax && _queue.Reader.TryRead(out var next))
                waiting.Add(next);
            if (waiting.Count == 0)
            {
                // A caller who enqueues after the last look finds the lane idle, and starts it.
                Volatile.Write(ref _running, 0);
                if (!_queue.Reader.TryPeek(out _) || Interlocked.CompareExchange(ref _running, 1, 0) != 0)
                    return;
                continue;
            }

            await LookUpAsync(waiting);
            if (pauseMs > 0)
                await Task.Delay(TimeSpan.FromMilliseconds(pauseMs), clock.Time);
        }
    }

    private async Task LookUpAsync(List<(long Id, TaskCompletionSource<Credential?> Found)> waiting)
    {
        try
        {
            Interlocked.Increment(ref _queries);
            var credentials = await store.FindAsync([.. waiting.Select(static w => w.Id)], CancellationToken.None);
            foreach (var (id, found) in waiting)
                found.TrySetResult(credentials.GetValueOrDefault(id));
        }
#pragma warning disable CA1031 // Every error belongs to those who wait; the lane goes on with the next ones.
        catch (Exception e)
        {
            foreach (var (_, found) in waiting)
                found.TrySetException(e);
        }
#pragma warning restore CA1031
    }
}
