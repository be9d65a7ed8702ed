using Sluice.EndToEnd.Audits;
using Sluice.EndToEnd.Scenes;
using Sluice.EndToEnd.Traffic;
using Xunit;

namespace Sluice.EndToEnd.Kills;

/// <summary>
/// Kills all nodes at once with kill -9 while clients wait for responses, and starts them again on their own data
/// folders.
/// </summary>
public sealed class KillTests
{
    private const int Clients = 48;
    private const int Rounds = 2;

    /// <summary>Twenty times what the node promises, for machines that stop and start.</summary>
    private static readonly TimeSpan LastMoment = TimeSpan.FromSeconds(1);

    [Theory]
    [Nodes(1)]
    [Nodes(3, Soak = true)]
    public async Task EveryAcknowledgedEvent_IsInTheLedgerOnce_AndRetriesFillInTheRest(int nodes)
    {
        await using var scene = await Scene.OpenAsync(new ScenePlan(nodes));

        await KillUnderLoadAsync(scene, scene.Usage("kill"));
        var calls = scene.Journal.Calls();
        await scene.Clients.SettleAsync(Clients, calls, scene.Cancellation);

        var ledger = await scene.AuditAsync();
        Assert.Equal(calls.Count, ledger.Count);
    }

    [Theory]
    [Nodes(1, Soak = true)]
    [Nodes(3)]
    public async Task ALimitInForceDuringTheKills_IsNeverPassed_AndFullAfterTheRetries(int nodes)
    {
        await using var scene = await Scene.OpenAsync(new ScenePlan(nodes) { Limit = 40_000 });

        await KillUnderLoadAsync(scene, scene.Usage("limit"));
        // Usage from before the kills still counts towards the limit; the retries continue until it refuses.
        await scene.Clients.SettleAsync(Clients, scene.Journal.Calls(), scene.Cancellation);
        await scene.FillLimitAsync();

        Assert.Equal(scene.Limit, (await scene.AuditAsync()).UsedTokens());
    }

    [Theory]
    [Nodes(1, Soak = true)]
    [Nodes(3)]
    public async Task HoldsOutliveTheNodes_AndTheirCommitsCountOnce(int nodes)
    {
        await using var scene = await Scene.OpenAsync(new ScenePlan(nodes) { Keys = 1 });
        const long limit = 1_000;
        var key = scene.Fleet.Keys[0];
        await scene.Management.BlockTokensAsync(scene.TenantId, limit, scene.Cancellation);
        Call[] holds = [.. Enumerable.Range(0, 10).Select(n => new Call(CallKind.Reserve, $"hold-{n}", key, 100))];
        await scene.Clients.SettleAsync(4, holds, scene.Cancellation);
        Assert.DoesNotContain(
            scene.Journal.Attempts, static a => a.Verdict is not (Verdict.Counted or Verdict.NotCounted));
        var beyond = new Call(CallKind.Consume, "beyond", key, 1);
        Assert.Equal(Verdict.Refused, (await DecideAsync(scene, beyond)).Verdict);

        await scene.Cluster.KillAsync(scene.Cancellation);
        await scene.Cluster.StartAsync(scene.Cancellation);

        // All is still held. The commits use 70 of each 100, and free the rest.
        Assert.Equal(Verdict.Refused, (await DecideAsync(scene, beyond)).Verdict);
        Call[] commits = [.. holds.Select(h => h with { Kind = CallKind.Commit, Tokens = 70 })];
        await scene.Clients.SettleAsync(4, commits, scene.Cancellation);
        await scene.Clients.SettleAsync(4, commits, scene.Cancellation);
        Assert.Equal(commits.Length, scene.Journal.Attempts.Count(static a => a.Verdict == Verdict.Duplicate));
        var rest = limit - (70 * commits.Length);
        // Another node than that of a commit may have heard a moment before that nothing is left.
        while ((await DecideAsync(scene, new Call(CallKind.Consume, "rest", key, rest))).Verdict == Verdict.Refused)
            await Task.Delay(TimeSpan.FromMilliseconds(25), Scene.Time, scene.Cancellation);
        Assert.Equal(Verdict.Refused, (await DecideAsync(scene, beyond)).Verdict);

        Assert.Equal(limit, (await scene.AuditAsync()).UsedTokens());
    }

    [Fact]
    public async Task AfterARestart_TheFirstRequest_HasAllThatIsNotHeld()
    {
        await using var scene = await Scene.OpenAsync(new ScenePlan(1) { Keys = 1 });
        const long limit = 1_000;
        var key = scene.Fleet.Keys[0];
        await scene.Management.BlockTokensAsync(scene.TenantId, limit, scene.Cancellation);
        await DecideAsync(scene, new Call(CallKind.Reserve, "held", key, 600));
        await DecideAsync(scene, new Call(CallKind.Consume, "used", key, 100));
        Assert.DoesNotContain(
            scene.Journal.Attempts, static a => a.Verdict is not (Verdict.Counted or Verdict.NotCounted));

        await scene.Cluster.KillAsync(scene.Cancellation);
        await scene.Cluster.StartAsync(scene.Cancellation);
        using var caller = new Caller(scene.Target, Scene.Time);
        var rest = await caller.SendAsync(new Call(CallKind.Consume, "rest", key, limit - 700), scene.Cancellation);
        scene.Journal.Add(rest);

        Assert.True(rest.Verdict == Verdict.Counted, $"{rest}\n{scene.Cluster.LastLines}");
        Assert.Equal(Verdict.Refused, (await DecideAsync(scene, new Call(CallKind.Consume, "more", key, 1))).Verdict);
        Assert.Equal(
            Verdict.Counted, (await DecideAsync(scene, new Call(CallKind.Commit, "held", key, 600))).Verdict);
        Assert.Equal(limit, (await scene.AuditAsync()).UsedTokens());
    }

    [Theory]
    [Nodes(1)]
    [Nodes(3, Soak = true)]
    public async Task AnswersFromMemory_LoseAtMostTheLastMoment_AndNeverPassTheLimit(int nodes)
    {
        await using var scene = await Scene.OpenAsync(new ScenePlan(nodes) { Limit = 400_000 });
        var usage = scene.Usage("memory");
        Call Next() => usage() with { Id = null, FromMemory = true };

        for (var round = 0; round < Rounds; round++)
        {
            var began = Scene.Time.GetTimestamp();
            var killed = await KillOnceAsync(scene, Next, loadFor: 2 * LastMoment);
            await scene.Cluster.StartAsync(scene.Cancellation);
            var ledger = await LedgerReader.ReadAsync(scene.Store.ConnectionString, scene.Cancellation);
            var known = ledger.Select(static r => r.EventId).ToHashSet();
            Assert.DoesNotContain(scene.Journal.Attempts, a => a.Acknowledged && a.SentAt >= began
                && Scene.Time.GetElapsedTime(a.AnsweredAt, killed) > LastMoment && !known.Contains(a.Call.Id!));
            Assert.InRange(ledger.UsedTokens(), 1, scene.Limit);
        }

        await scene.Clients.RunAsync(
            Clients, () => scene.Journal.Refused < Clients ? Next() : null, CancellationToken.None, scene.Cancellation);
        Assert.InRange((await scene.AuditAsync()).UsedTokens(), 1, scene.Limit);
    }

    private static async Task KillUnderLoadAsync(Scene scene, Func<Call> next)
    {
        for (var round = 0; round < Rounds; round++)
        {
            await KillOnceAsync(scene, next);
            await scene.Cluster.StartAsync(scene.Cancellation);
        }
    }

    /// <returns>The timestamp right before the kill.</returns>
    private static async Task<long> KillOnceAsync(Scene scene, Func<Call> next, TimeSpan loadFor = default)
    {
        using var stop = new CancellationTokenSource();
        var load = scene.Clients.RunAsync(Clients, next, stop.Token, scene.Cancellation);
        await scene.WaitForMoreAsync(static j => j.Acknowledged + j.Refused, 800);
        await Task.Delay(loadFor, Scene.Time, scene.Cancellation);
        var killed = Scene.Time.GetTimestamp();
        await scene.Cluster.KillAsync(scene.Cancellation);
        await stop.CancelAsync();
        await load;
        return killed;
    }

    /// <summary>
    /// Sends until there is a decision: of several nodes that were killed at once, one that is back may have to wait
    /// for rights that another one held, and answers with 503 until then.
    /// </summary>
    private static async Task<Attempt> DecideAsync(Scene scene, Call call)
    {
        using var caller = new Caller(scene.Target, Scene.Time);
        while (true)
        {
            var attempt = await caller.SendAsync(call, scene.Cancellation);
            scene.Journal.Add(attempt);
            if (attempt.Verdict != Verdict.NotCounted)
                return attempt;
            await Task.Delay(TimeSpan.FromMilliseconds(25), Scene.Time, scene.Cancellation);
        }
    }
}
