using Sluice.EndToEnd.Scenes;
using Sluice.EndToEnd.Traffic;
using Sluice.LoadTest.Traffic;
using Xunit;

namespace Sluice.EndToEnd.Soaks;

/// <summary>Minutes of mixed load under all kinds of faults, drawn at random, and one check at the end.</summary>
public sealed class MixedFaultTests
{
    private const int Clients = 32;

    /// <summary>Far above what can be sent: lowered and raised, but always far above it.</summary>
    private const long Limit = 50_000_000;

    private static readonly TimeSpan Length = TimeSpan.FromMinutes(5);

    [Theory]
    [Nodes(1, Soak = true)]
    [Nodes(3, Soak = true)]
    public async Task FiveMinutesOfFaults_LoseNothing_AndCountNothingTwice(int nodes)
    {
        var seed = Environment.TickCount64;
        await using var scene = await Scene.OpenAsync(
            new ScenePlan(nodes) { Projects = 3, Limit = Limit, AtMost = TimeSpan.FromMinutes(15) });
        using var stop = new CancellationTokenSource();
        var load = Task.WhenAll(
            scene.Clients.RunAsync(Clients / 2, scene.MixedUsage("mixed"), stop.Token, scene.Cancellation),
            scene.Clients.RunAsync(Clients / 4, scene.Usage("durable"), stop.Token, scene.Cancellation),
            scene.Clients.RunAsync(Clients / 4, Holds(scene), stop.Token, scene.Cancellation));

        var faults = await InjectAsync(scene, seed);
        await stop.CancelAsync();
        await load;
        var story = $"seed {seed}: {string.Join(", ", faults)}";
        try
        {
            await scene.AuditLedgerAsync();
            await scene.Clients.SettleAsync(Clients, scene.Journal.Calls(), scene.Cancellation);

            // Uncommitted reservations hold their estimates until they expire, or until their node is gone.
            await scene.Cluster.KillAsync(scene.Cancellation);
            await scene.Cluster.StartAsync(scene.Cancellation);
            var ledger = await scene.AuditAsync();
            Assert.InRange(ledger.Where(static r => r.IsUsage).Sum(static r => r.Tokens), 1, Limit);
        }
        catch (Exception e)
        {
            throw new InvalidOperationException(story, e);
        }
    }

    /// <summary>
    /// Returns reservations, each followed after a while by its commit, whether or not it was made: a commit of an
    /// unknown one must be refused.
    /// </summary>
    private static Func<Call> Holds(Scene scene)
    {
        const long behind = 2 * Clients;
        var number = -1L;
        return () =>
        {
            var n = Interlocked.Increment(ref number);
            var commits = n % 2 == 1 && n / 2 >= behind;
            var hold = commits ? (n / 2) - behind : n;
            var key = scene.Fleet.Keys[(int)(hold % scene.Fleet.Keys.Count)];
            return commits
                ? new Call(CallKind.Commit, $"hold-{hold}", key, 10)
                : new Call(CallKind.Reserve, $"hold-{hold}", key, 20);
        };
    }

    private static async Task<List<string>> InjectAsync(Scene scene, long seed)
    {
        var began = Scene.Time.GetTimestamp();
        var done = new List<string>();
        while (Scene.Time.GetElapsedTime(began) < Length)
        {
            var calm = 1_000 + (long)(SeededBits.UnitAt(seed, 2 * done.Count) * 4_000);
            await scene.WaitForMoreAsync(static j => j.Acknowledged, calm);
            var (name, fault) = Faults[(int)(SeededBits.UnitAt(seed, (2 * done.Count) + 1) * Faults.Length)];
            done.Add(name);
            await fault(scene);
        }

        return done;
    }

    private static readonly (string Name, Func<Scene, Task> Do)[] Faults =
    [
        ("node killed", static async scene =>
        {
            await scene.Cluster.KillAsync(scene.Cancellation);
            await scene.Cluster.StartAsync(scene.Cancellation);
        }),
        ("node restarted", static async scene =>
        {
            Assert.All(await scene.Cluster.StopAsync(scene.Cancellation), static code => Assert.Equal(0, code));
            await scene.Cluster.StartAsync(scene.Cancellation);
        }),
        ("store stopped", static async scene =>
        {
            await scene.Store.StopAsync();
            await scene.WaitForMoreAsync(static j => j.NotCounted, 2_000);
            await scene.Store.StartAgainAsync();
        }),
        ("store crashed", static async scene =>
        {
            await scene.Store.CrashAsync();
            await scene.WaitForMoreAsync(static j => j.NotCounted, 2_000);
            await scene.Store.StartAgainAsync();
        }),
        ("store frozen", static async scene =>
        {
            scene.Store.Freeze();
            await scene.WaitForMoreAsync(static j => j.NotCounted, 2_000);
            scene.Store.Thaw();
        }),
        ("limit changed", static async scene =>
        {
            await scene.Management.BlockTokensAsync(scene.TenantId, Limit / 2, scene.Cancellation);
            await scene.Management.BlockTokensAsync(scene.TenantId, Limit, scene.Cancellation);
        }),
        ("key regenerated", static async scene =>
        {
            var project = scene.Fleet.Tenants[0].Projects[^1];
            await scene.Management.RegenerateKeyAsync(
                scene.TenantId, project.Id, project.Keys[^1].Id, scene.Cancellation);
        }),
    ];
}
