using Sluice.EndToEnd.Scenes;
using Xunit;

namespace Sluice.EndToEnd.Abuse;

/// <summary>
/// One caller's worst against another one's ordinary requests. Latencies are reported; only the soak judges them,
/// because a machine that is busy with other things answers late by itself.
/// </summary>
public sealed class AbuseTests
{
    /// <summary>The most that a victim's durable request may take, 99 of 100, on two quiet cores.</summary>
    private static readonly TimeSpan P99Max = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// The most that a node may hold more on its heap afterwards: counters, known labels and open reservations, which
    /// are bounded.
    /// </summary>
    private const long HeapGrowthMax = 64 << 20;

    /// <summary>
    /// By how much the victim's requests may be slower afterwards: a lot, because the machine has other work too, but
    /// not as much as a node that has not recovered.
    /// </summary>
    private const int SlowerMax = 10;

    private static readonly TimeSpan Short = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    public static TheoryData<string> Names => [.. Attacks.All.Select(static a => a.Name)];

    [Fact]
    public async Task NoAttack_CostsAnotherCustomerARequest()
    {
        await using var abuse = await AbuseScene.OpenAsync(TimeSpan.FromMinutes(9));
        var before = await QuietAsync(abuse, "before");
        foreach (var attack in Attacks.All)
            Judge(await AttackAsync(abuse, attack, Short));
        await EndAsync(abuse, before);
    }

    [Theory]
    [Trait("run", "soak")]
    [MemberData(nameof(Names))]
    public async Task AMinuteOfAnAttack_CostsAnotherCustomerMilliseconds(string name)
    {
        await using var abuse = await AbuseScene.OpenAsync(TimeSpan.FromMinutes(20));
        var attack = Attacks.All.Single(a => a.Name == name);
        if (attack.NeedsHistory)
            await AttackAsync(abuse, Attacks.WorstBatches, Long / 2);
        var before = await QuietAsync(abuse, "before");
        var heapBefore = await abuse.HeapBytesAsync();

        var report = await AttackAsync(abuse, attack, Long);

        Judge(report);
        Assert.True(report.P99 < P99Max, report.ToString());
        await EndAsync(abuse, before);
        await abuse.HeapFallsToAsync(heapBefore + HeapGrowthMax);
    }

    [Fact]
    [Trait("run", "soak")]
    public async Task ThirtyMinutesOfSixAttackers_CostAnotherCustomerNoRequest()
    {
        const int Attackers = 6;
        await using var abuse = await AbuseScene.OpenAsync(TimeSpan.FromMinutes(50));
        var before = await QuietAsync(abuse, "before");
        var random = new Random(Environment.TickCount);
        var reports = new List<VictimReport>();
        for (var round = 0; round < 60; round++)
        {
            var attacks = random.GetItems([.. Attacks.All], Attackers);
            var name = $"round {round}: {string.Join(", ", attacks.Select(static a => a.Name))}";
            var mixed = new Attack(
                name, (attacker, stop) => Task.WhenAll(attacks.Select(a => a.RunAsync(attacker, stop))));
            reports.Add(await AttackAsync(abuse, mixed, TimeSpan.FromSeconds(30)));
        }

        await EndAsync(abuse, before);

        // Nothing is said about latencies: six attackers on the same cores leave the node a part of them.
        Assert.All(reports, Judge);
    }

    private static async Task<VictimReport> AttackAsync(AbuseScene abuse, Attack attack, TimeSpan length)
    {
        var sent = abuse.Attacker.Sent;
        var report = await abuse.Victim.DuringAsync(
            attack.Name,
            async ct =>
            {
                using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
                stop.CancelAfter(length);
                await attack.RunAsync(abuse.Attacker, stop.Token);
            });
        Tell(abuse, report);
        abuse.Scene.Tell($"{attack}: {abuse.Attacker.Sent - sent} requests of the attacker");
        Assert.True(abuse.Attacker.Sent > sent, $"{attack} sent nothing");
        Assert.True(await abuse.ReadinessAsync() is (true, _), $"after {attack}: {await abuse.ReadinessAsync()}");
        return report;
    }

    /// <summary>Returns what the victim sees while nobody attacks.</summary>
    private static async Task<VictimReport> QuietAsync(AbuseScene abuse, string name)
    {
        var report = await abuse.Victim.DuringAsync(name, static ct => Task.Delay(Short, Scene.Time, ct));
        Tell(abuse, report);
        Judge(report);
        return report;
    }

    /// <summary>
    /// Checks that the victim is served as before, that both customers' usage is exact, and that no counter drifts.
    /// </summary>
    private static async Task EndAsync(AbuseScene abuse, VictimReport before)
    {
        var after = await QuietAsync(abuse, "after");
        Assert.True(after.Count > before.Count / SlowerMax, $"{before}\n{after}");
        var drifts = await abuse.DriftsAsync();
        Assert.Equal(0, drifts);
    }

    private static void Judge(VictimReport report)
    {
        Assert.NotEqual(0, report.Count);
        Assert.True(report.Failures.Count == 0, $"{report}\n{string.Join('\n', report.Failures.Take(5))}");
        Assert.True(report.FailedProbes.Count == 0, $"{report}\n{string.Join('\n', report.FailedProbes.Take(5))}");
        Assert.Equal(3, report.Probed.Count);
    }

    private static void Tell(AbuseScene abuse, VictimReport report) => abuse.Scene.Tell(report.ToString());
}
