using System.Collections.Concurrent;
using Sluice.LoadTest.Http;

namespace Sluice.EndToEnd.Traffic;

/// <summary>Clients that send an undecided event to the next node, until it is decided.</summary>
internal sealed class Roamers(
    IReadOnlyList<(HttpTarget Target, CallJournal Journal)> nodes, TimeProvider time, TimeSpan rest = default)
{
    /// <summary>The pause before the next attempt.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    private readonly ConcurrentQueue<TimeSpan> _durations = new();

    /// <summary>How long each event took from its first attempt to its decision.</summary>
    public IReadOnlyCollection<TimeSpan> Durations => _durations;

    /// <summary>Returns the duration that a percentage of the events stayed below.</summary>
    public TimeSpan Percentile(double percent)
    {
        var sorted = _durations.Order().ToArray();
        return sorted.Length == 0 ? default : sorted[(int)((sorted.Length - 1) * percent / 100)];
    }

    /// <summary>Sends calls, each until it is decided, until there are none left or it is stopped.</summary>
    public Task RunAsync(int clients, Func<Call?> next, CancellationToken stop, CancellationToken cancellation) =>
        Task.WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(
            async () =>
            {
                var callers = nodes.Select(n => new Caller(n.Target, time)).ToArray();
                try
                {
                    var at = client;
                    while (!stop.IsCancellationRequested && next() is { } call)
                    {
                        at = await DecideAsync(callers, at + 1, call, cancellation);
                        if (rest > TimeSpan.Zero)
                            await Task.Delay(rest, time, cancellation);
                    }
                }
                finally
                {
                    Array.ForEach(callers, static c => c.Dispose());
                }
            },
            CancellationToken.None)));

    /// <summary>Sends each call until it is decided.</summary>
    public Task SettleAsync(int clients, IReadOnlyList<Call> calls, CancellationToken cancellation)
    {
        var taken = -1;
        return RunAsync(
            clients,
            () => Interlocked.Increment(ref taken) is var i && i < calls.Count ? calls[i] : null,
            CancellationToken.None,
            cancellation);
    }

    /// <returns>The node that decided.</returns>
    private async Task<int> DecideAsync(Caller[] callers, int first, Call call, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        for (var at = first; ; at++)
        {
            var node = at % nodes.Count;
            var attempt = await callers[node].SendAsync(call, cancellation);
            nodes[node].Journal.Add(attempt);
            if (attempt.Verdict is not (Verdict.NotSent or Verdict.NotCounted or Verdict.Unknown))
            {
                _durations.Enqueue(time.GetElapsedTime(began));
                return node;
            }

            await Task.Delay(Pause, time, cancellation);
        }
    }
}
