using Microsoft.Extensions.Options;
using Sluice.Api.Settings;
using Sluice.Storage.Reports.Retention;

namespace Sluice.Api.Jobs;

/// <summary>
/// Creates the ledger's next partitions before they are needed, and deletes data whose retention time is over.
/// </summary>
internal sealed class RetentionJob(RetentionStore store, IOptions<SluiceOptions> options, TimeProvider time) : IJobWork
{
    public string Name => "retention";

    public TimeSpan Every => TimeSpan.FromHours(1);

    public bool OncePerCluster => true;

    public async Task<long> RunAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var before = now.AddDays(-options.Value.LedgerDays);
        await store.EnsurePartitionsAsync(now, ct);
        return await store.DropLedgerAsync(before, now, ct)
            + await store.DeleteToldAsync(before, ct)
            + await store.DeleteLabelsAsync(now, ct);
    }
}
