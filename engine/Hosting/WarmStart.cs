using Microsoft.Extensions.Logging;
using Npgsql;
using Sluice.Engine.Caches;
using Sluice.Engine.Events;
using Sluice.Engine.Time;
using Sluice.Engine.Usage;
using Sluice.Storage.Control.Credentials;
using Sluice.Storage.Ledger;
using Sluice.Storage.Ledger.Entries;

namespace Sluice.Engine.Hosting;

/// <summary>
/// Exercises every path of a request once before the first one arrives: during a rolling restart, the callers of each
/// node move on to the next, and should not wait while it opens connections, compiles code, reads keys and contacts
/// authorities. Counts nothing and writes nothing; a failure is left to the first request.
/// </summary>
internal sealed class WarmStart(CredentialStore credentials, ProcessClock clock, ILogger logger)
{
    /// <summary>Maximum keys loaded in advance; others are loaded by their first request.</summary>
    private const int KeysMax = 256;

    /// <summary>Maximum age of the last use for a key to count as in use.</summary>
    private static readonly TimeSpan UsedWithin = TimeSpan.FromMinutes(1);

    /// <summary>Maximum duration of the warm-up: a cold node serves better than a late one.</summary>
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(1.5);

    /// <summary>Opens the ledger connection before the writer takes it.</summary>
    public async Task OpenLedgerAsync(LedgerConnection ledger, CancellationToken ct)
    {
        try
        {
            await ledger.WarmUpAsync(clock.WallMs, ct);
        }
        catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
        {
            await ledger.AbandonAsync();
            HostingLog.StartsCold(logger, e.Message);
        }
    }

    /// <summary>
    /// Loads the keys in use once the edge runs, and asks their authorities what a first request would ask.
    /// </summary>
    public async Task MeetAuthoritiesAsync(KeyCache keys, Meter meter, CancellationToken ct)
    {
        try
        {
            await CheckAllAsync(keys, meter, ct).WaitAsync(AtMost, clock.Time, ct);
        }
#pragma warning disable CA1031 // Any error shows at the first real request; the node starts anyway.
        catch (Exception e) when (e is not OperationCanceledException)
        {
            HostingLog.StartsCold(logger, e.Message);
        }
#pragma warning restore CA1031
    }

    private async Task CheckAllAsync(KeyCache keys, Meter meter, CancellationToken ct)
    {
        var used = await credentials.LastUsedAsync(UsedWithin, KeysMax, ct);
        await Task.WhenAll(used.Select(id => CheckAsync(keys, meter, id)));
    }

    /// <summary>Sends a request that counts nothing, whatever its answer.</summary>
    private static async Task CheckAsync(KeyCache keys, Meter meter, long keyId)
    {
        if (await keys.FindAsync(keyId) is { } key
            && meter.Make(key, new UsageContent(), EntryKind.Consume) is { } usage)
        {
            await meter.CheckAsync(usage);
            usage.Release();
        }
    }
}
