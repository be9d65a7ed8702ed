using Microsoft.Extensions.Logging;
using Npgsql;
using Sluice.Engine.Keys;
using Sluice.Engine.Metering;
using Sluice.Storage.Credentials;
using Sluice.Storage.Ledger;

namespace Sluice.Engine.Hosting;

/// <summary>
/// Goes every way of a request once before the first one comes: while nodes are restarted one after the other, the
/// callers of each are at the next one already, and don't wait for a node to open connections, compile its code, read
/// their keys and get to know their authorities. Counts nothing, writes nothing; what fails is left to the first
/// request.
/// </summary>
internal sealed class WarmStart(CredentialStore credentials, ProcessClock clock, ILogger logger)
{
    /// <summary>Keys that are ready before they are asked for; others take their first request to be.</summary>
    private const int KeysMax = 256;

    /// <summary>Keys used longer ago are not in use.</summary>
    private static readonly TimeSpan UsedWithin = TimeSpan.FromMinutes(1);

    /// <summary>A node that is cold serves better than one that is late.</summary>
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(1.5);

    /// <summary>Before the writer has the connection.</summary>
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
    /// Once the edge runs: takes the keys in use, and asks their authorities what a first request would ask.
    /// </summary>
    public async Task MeetAuthoritiesAsync(KeyCache keys, Meter meter, CancellationToken ct)
    {
        try
        {
            await CheckAllAsync(keys, meter, ct).WaitAsync(AtMost, clock.Time, ct);
        }
#pragma warning disable CA1031 // Whatever is wrong shows with the first real request; the node starts all the same.
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

    /// <summary>A request that counts nothing, whatever its answer.</summary>
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
