using Sluice.LoadTest.Http;

namespace Sluice.EndToEnd.Traffic;

/// <summary>
/// Many clients at once, each with a connection of its own, one request after the other. After a response a client may
/// pause, so that the machine has time left for the fault.
/// </summary>
internal sealed class Crowd(HttpTarget target, CallJournal journal, TimeProvider time, TimeSpan rest = default)
{
    /// <summary>How long a client that could not be served waits before it continues.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    /// <summary>Sends calls, each once, until there are none left or it is stopped.</summary>
    /// <param name="clients">How many at once.</param>
    /// <param name="next">The next call, or null at the end; called by all clients.</param>
    /// <param name="stop">Ends the run after the requests under way.</param>
    /// <param name="cancellation">Ends the run as a failure.</param>
    public Task RunAsync(int clients, Func<Call?> next, CancellationToken stop, CancellationToken cancellation) =>
        Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(
            async () =>
            {
                using var caller = new Caller(target, time);
                while (!stop.IsCancellationRequested && next() is { } call)
                {
                    var attempt = await caller.SendAsync(call, cancellation);
                    journal.Add(attempt);
                    if (attempt.Verdict is Verdict.NotSent or Verdict.NotCounted or Verdict.Unknown)
                        await Task.Delay(Pause, time, cancellation);
                    else if (rest > TimeSpan.Zero)
                        await Task.Delay(rest, time, cancellation);
                }
            },
            CancellationToken.None)));

    /// <summary>Sends each call until it is decided: counted, a duplicate, or refused by limit or dead key.</summary>
    public async Task SettleAsync(int clients, IReadOnlyList<Call> calls, CancellationToken cancellation)
    {
        var taken = -1;
        await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(
            async () =>
            {
                using var caller = new Caller(target, time);
                for (var i = Interlocked.Increment(ref taken); i < calls.Count; i = Interlocked.Increment(ref taken))
                    await SettleAsync(caller, calls[i], cancellation);
            },
            CancellationToken.None)));
    }

    private async Task SettleAsync(Caller caller, Call call, CancellationToken cancellation)
    {
        while (true)
        {
            var attempt = await caller.SendAsync(call, cancellation);
            journal.Add(attempt);
            if (attempt.Verdict is not (Verdict.NotSent or Verdict.NotCounted or Verdict.Unknown))
                return;
            await Task.Delay(Pause, time, cancellation);
        }
    }
}
