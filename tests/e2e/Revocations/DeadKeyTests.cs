using System.Text.Json;
using Sluice.EndToEnd.Scenes;
using Sluice.EndToEnd.Traffic;
using Sluice.LoadTest.Fleets;
using Sluice.LoadTest.Management;
using Xunit;

namespace Sluice.EndToEnd.Revocations;

/// <summary>A key is revoked while it is in use: once the call has returned, nothing sent later passes.</summary>
public sealed class DeadKeyTests
{
    private const int Rounds = 20;
    private const int Clients = 16;

    [Theory]
    [Nodes(1)]
    [Nodes(3)]
    public async Task RegenerateUnderLoad_KillsTheOldSecret_BeforeItReturns(int nodes)
    {
        await using var scene = await Scene.OpenAsync(new ScenePlan(nodes) { Keys = 1 });
        var project = scene.Fleet.Tenants[0].Projects[0];
        var key = project.Keys[0];
        for (var round = 0; round < Rounds; round++)
        {
            var secret = "";
            await TakeAwayAsync(scene, () => key, async () => secret = await scene.Management.RegenerateKeyAsync(
                scene.TenantId, project.Id, key.Id, scene.Cancellation));
            key = key with { Secret = secret };
        }

        await scene.AuditAsync();
    }

    [Theory]
    [Nodes(1)]
    [Nodes(3, Soak = true)]
    public async Task DeleteUnderLoad_KillsTheKey_BeforeItReturns(int nodes)
    {
        await using var scene = await Scene.OpenAsync(new ScenePlan(nodes) { Keys = Rounds });
        var project = scene.Fleet.Tenants[0].Projects[0];
        foreach (var key in project.Keys)
        {
            await TakeAwayAsync(scene, () => key, () => scene.Calls.DeleteAsync(
                $"api/v1/tenants/{scene.TenantId}/projects/{project.Id}/keys/{key.Id}", scene.Cancellation));
        }

        await scene.AuditLedgerAsync();
    }

    [Theory]
    [Nodes(1)]
    [Nodes(3, Soak = true)]
    public async Task ASuspendedTenant_IsCutOff_BeforeTheCallReturns(int nodes)
    {
        await using var scene = await Scene.OpenAsync(new ScenePlan(nodes));
        var number = 0;
        for (var round = 0; round < Rounds; round++)
        {
            FleetKey Next() => scene.Fleet.Keys[Interlocked.Increment(ref number) % scene.Fleet.Keys.Count];
            await TakeAwayAsync(scene, Next, () => CallAsync("suspend"));
            await CallAsync("resume");
        }

        await scene.AuditAsync();

        Task<JsonElement> CallAsync(string what) =>
            scene.Calls.PostAsync($"api/v1/tenants/{scene.TenantId}/{what}", new { }, scene.Cancellation);
    }

    [Theory]
    [Nodes(1, Soak = true)]
    [Nodes(3)]
    public async Task ADeletedProject_IsCutOff_AndItsNeighboursNeverNotice(int nodes)
    {
        await using var scene = await Scene.OpenAsync(new ScenePlan(nodes) { Keys = 1, Projects = 6 });
        var projects = scene.Fleet.Tenants[0].Projects;
        var neighbour = projects[0].Keys[0];
        var usage = scene.Usage("neighbour");

        // A cold cluster on a busy machine may not answer the first calls; that is not what is asked here.
        await scene.Clients.SettleAsync(
            Clients, [.. Enumerable.Range(0, Clients).Select(_ => usage() with { Key = neighbour })],
            scene.Cancellation);
        var settled = Scene.Time.GetTimestamp();
        using var stop = new CancellationTokenSource();
        var load = scene.Clients.RunAsync(
            Clients, () => usage() with { Key = neighbour }, stop.Token, scene.Cancellation);
        foreach (var project in projects.Skip(1))
        {
            await TakeAwayAsync(scene, () => project.Keys[0], () => scene.Calls.DeleteAsync(
                $"api/v1/tenants/{scene.TenantId}/projects/{project.Id}", scene.Cancellation));
        }

        await stop.CancelAsync();
        await load;
        Assert.DoesNotContain(
            scene.Journal.Attempts,
            a => a.Call.Key == neighbour && a.SentAt > settled && a.Verdict != Verdict.Counted);
        await scene.AuditLedgerAsync();
    }

    /// <summary>
    /// Sends load with keys that pass, then makes the call, then sends at least as much load, none of which passes.
    /// </summary>
    private static async Task TakeAwayAsync(Scene scene, Func<FleetKey> key, Func<Task> takeAway)
    {
        var journal = new CallJournal();
        var crowd = new Crowd(scene.Target, journal, Scene.Time);
        var usage = scene.Usage($"round-{Guid.NewGuid():N}");
        using var stop = new CancellationTokenSource();
        var load = crowd.RunAsync(Clients, () => usage() with { Key = key() }, stop.Token, scene.Cancellation);
        await WaitAsync(() => journal.Acknowledged >= 2 * Clients);
        await takeAway();
        var returned = Scene.Time.GetTimestamp();
        await WaitAsync(() => journal.Attempts.Count(a => a.SentAt > returned) >= 2 * Clients);
        await stop.CancelAsync();
        await load;
        foreach (var attempt in journal.Attempts)
            scene.Journal.Add(attempt);
        Assert.DoesNotContain(
            journal.Attempts, a => a.SentAt > returned && a.Verdict != Verdict.Unauthorized);

        async Task WaitAsync(Func<bool> reached)
        {
            while (!reached())
                await Task.Delay(TimeSpan.FromMilliseconds(2), Scene.Time, scene.Cancellation);
        }
    }
}
