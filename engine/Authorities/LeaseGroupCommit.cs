using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Npgsql;
using Sluice.Engine.Time;
using Sluice.Metering.Leases.Authority;
using Sluice.Storage.Ledger.Leases;

namespace Sluice.Engine.Authorities;

/// <summary>Writes the leases of many authorities in shared transactions, one transaction at a time.</summary>
public sealed class LeaseGroupCommit(LeaseStore store, ProcessClock clock, ILogger<LeaseGroupCommit> logger)
{
    /// <summary>Maximum authorities per transaction.</summary>
    private const int BatchMax = 1_000;

    /// <summary>Pause after a failure before the same totals are written again.</summary>
    private const int RetryMs = 100;

    // Each authority has at most one batch in flight, so this is bounded by the number of authorities.
    private readonly Channel<(PersistBatch Batch, AuthorityRuntime Owner)> _queue =
        Channel.CreateUnbounded<(PersistBatch, AuthorityRuntime)>(new UnboundedChannelOptions { SingleReader = true });

    private long _commits;

    /// <summary>Transactions committed since the start.</summary>
    public long Commits => Volatile.Read(ref _commits);

    internal void Enqueue(PersistBatch batch, AuthorityRuntime owner) => _queue.Writer.TryWrite((batch, owner));

    /// <summary>Runs until <see cref="Complete"/>.</summary>
    public async Task RunAsync()
    {
        var taken = new List<(PersistBatch Batch, AuthorityRuntime Owner)>();
        while (await _queue.Reader.WaitToReadAsync())
        {
            taken.Clear();
            while (taken.Count < BatchMax && _queue.Reader.TryRead(out var item))
                taken.Add(item);
            var result = await PersistAsync([.. taken.Select(t => t.Batch)]);
            for (var i = 0; i < taken.Count; i++)
                taken[i].Owner.OnPersisted(taken[i].Batch.Number, result.Outcomes[i], result.Fenced);
        }
    }

    public void Complete() => _queue.Writer.TryComplete();

    private async Task<PersistResult> PersistAsync(PersistBatch[] batches)
    {
        try
        {
            Interlocked.Increment(ref _commits);
            return await store.PersistAsync(batches, CancellationToken.None);
        }
        catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
        {
            AuthorityLog.PersistFailed(logger, e.Message);
            await Task.Delay(TimeSpan.FromMilliseconds(RetryMs), clock.Time);
            return new PersistResult([.. batches.Select(_ => PersistOutcome.Unknown)], []);
        }
    }
}
