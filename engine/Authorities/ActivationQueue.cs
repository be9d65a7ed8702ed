using System.Threading.Channels;
using Npgsql;
using Sluice.Engine.Time;
using Sluice.Metering.Identity;
using Sluice.Metering.Leases.Authority;
using Sluice.Metering.Periods;
using Sluice.Storage.Ledger.Leases;

namespace Sluice.Engine.Authorities;

/// <summary>Starts many authorities with one query, because after a restart they all start at once.</summary>
public sealed class ActivationQueue(ActivationStore store, ProcessClock clock)
{
    /// <summary>Maximum scopes started by one query.</summary>
    private const int BatchMax = 500;

    /// <summary>Maximum scopes waiting to start; further callers wait to enter the queue.</summary>
    private const int QueueMax = 100_000;

    private readonly Channel<(ScopeId Scope, TaskCompletionSource<AuthoritySnapshot> Done)> _queue =
        Channel.CreateBounded<(ScopeId, TaskCompletionSource<AuthoritySnapshot>)>(
            new BoundedChannelOptions(QueueMax) { SingleReader = true });

    /// <summary>Opens a new epoch for a scope and returns the state its authority starts from.</summary>
    /// <exception cref="NpgsqlException">The store can't be reached.</exception>
    public async Task<AuthoritySnapshot> ActivateAsync(ScopeId scope)
    {
        var done = new TaskCompletionSource<AuthoritySnapshot>(TaskCreationOptions.RunContinuationsAsynchronously);
        await _queue.Writer.WriteAsync((scope, done));
        return await done.Task;
    }

    /// <summary>Reads the current limits of a scope.</summary>
    public Task<Sluice.Metering.Limits.LimitSet> ReadLimitsAsync(ScopeId scope, CancellationToken ct) =>
        store.ReadLimitsAsync(scope, ct);

    /// <summary>Runs until <see cref="Complete"/>.</summary>
    public async Task RunAsync()
    {
        var taken = new Dictionary<ScopeId, TaskCompletionSource<AuthoritySnapshot>>();
        while (await _queue.Reader.WaitToReadAsync())
        {
            taken.Clear();
            while (taken.Count < BatchMax && _queue.Reader.TryPeek(out var next) && !taken.ContainsKey(next.Scope))
            {
                _queue.Reader.TryRead(out next);
                taken.Add(next.Scope, next.Done);
            }

            await StartAsync(taken);
        }
    }

    public void Complete() => _queue.Writer.TryComplete();

    private async Task StartAsync(Dictionary<ScopeId, TaskCompletionSource<AuthoritySnapshot>> taken)
    {
        try
        {
            // Two months back covers every time zone and late reports, and the day counters of that period.
            var month = clock.Time.GetUtcNow().AddMonths(-2);
            var from = PeriodKey.Month(month.Year, month.Month);
            foreach (var snapshot in await store.ActivateAsync(taken.Keys, from, CancellationToken.None))
                taken[snapshot.Scope].SetResult(snapshot);
        }
        catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
        {
            foreach (var done in taken.Values)
                done.TrySetException(e);
        }
    }
}
