using Npgsql;
using Sluice.EndToEnd.Nodes;
using Sluice.EndToEnd.Scenes;
using Sluice.EndToEnd.Traffic;
using Xunit;

namespace Sluice.EndToEnd.Fences;

/// <summary>A node that sleeps while another one takes its place, and wakes up.</summary>
public sealed class ZombieTests
{
    private const int Clients = 32;
    private const int SessionGoneExitCode = 0;

    [Fact]
    public async Task ANodeThatWakesUpFenced_AdmitsNothing_AndEnds_AndLimitsAreExactOverBoth()
    {
        await using var scene = await Scene.OpenAsync();
        const long limit = 60_000;
        await scene.Management.BlockTokensAsync(scene.TenantId, limit, scene.Cancellation);
        var usage = scene.Usage("zombie");
        using var stop = new CancellationTokenSource();
        var load = scene.Clients.RunAsync(Clients, usage, stop.Token, scene.Cancellation);
        await scene.WaitForMoreAsync(static j => j.Acknowledged, 1_000);

        await FreezeInTransactionAsync(scene);
        await using var heir = new Node(scene.Store.ConnectionString);
        await heir.StartAsync(scene.Cancellation);
        var heirs = new Crowd(heir.Target, scene.Journal, Scene.Time);
        using var enough = new CancellationTokenSource();
        var heirsLoad = heirs.RunAsync(Clients, scene.Usage("heir"), enough.Token, scene.Cancellation);
        await scene.WaitForMoreAsync(static j => j.Acknowledged, 500);

        var woken = Scene.Time.GetTimestamp();
        await scene.Node.ThawAsync();
        using var memory = new CancellationTokenSource();
        var visitors = new CallJournal();
        var memoryLoad = new Crowd(scene.Node.Target, visitors, Scene.Time).RunAsync(
            4, () => usage() with { Id = null, FromMemory = true }, memory.Token, scene.Cancellation);
        Assert.Equal(SessionGoneExitCode, await scene.Node.EndAsync(scene.Cancellation));
        await Task.WhenAll(stop.CancelAsync(), memory.CancelAsync(), enough.CancelAsync());
        await Task.WhenAll(load, memoryLoad, heirsLoad);

        Assert.DoesNotContain(visitors.Attempts, static a => a.Acknowledged);
        Assert.DoesNotContain(
            scene.Journal.Attempts,
            a => a.Acknowledged && a.SentAt > woken && a.Call.Id!.StartsWith("zombie", StringComparison.Ordinal));
        await SettleAndAuditAsync(scene, heirs, limit);
    }

    /// <summary>In the middle of a transaction, so that its locks stay while it sleeps.</summary>
    private static async Task FreezeInTransactionAsync(Scene scene)
    {
        await using var source = NpgsqlDataSource.Create(scene.Store.ConnectionString);
        await using var held = source.CreateCommand(
            """
            select count(*) from pg_stat_activity where pid <> pg_backend_pid() and backend_xid is not null
              and (state = 'idle in transaction' or wait_event = 'ClientRead')
            """);
        while (true)
        {
            await scene.Node.FreezeAsync();
            // What the store was told before has been carried out once it answers the same twice.
            if (await CountAsync() > 0 && await CountAsync() > 0)
                return;
            await scene.Node.ThawAsync();
            await scene.WaitForMoreAsync(static j => j.Acknowledged, 1);
        }

        async Task<long> CountAsync() => (long)(await held.ExecuteScalarAsync(scene.Cancellation))!;
    }

    /// <summary>
    /// The old node's place is free again: a new one takes over from the heir, and all is as one node saw it.
    /// </summary>
    private static async Task SettleAndAuditAsync(Scene scene, Crowd heirs, long limit)
    {
        await heirs.SettleAsync(Clients, scene.Journal.Calls(), scene.Cancellation);
        await scene.FillLimitAsync(heirs, Clients);
        await scene.Node.StartAsync(scene.Cancellation);
        var ledger = await scene.AuditAsync();
        Assert.Equal(limit, ledger.Sum(static r => r.Tokens));
    }
}
