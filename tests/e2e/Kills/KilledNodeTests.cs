using Sluice.EndToEnd.Audits;
using Sluice.EndToEnd.Scenes;
using Sluice.EndToEnd.Traffic;
using Xunit;

namespace Sluice.EndToEnd.Kills;

/// <summary>kill -9 of the node while clients wait for answers.</summary>
public sealed class KilledNodeTests
{
    private const int Clients = 48;
    private const int Rounds = 3;

    /// <summary>Twenty times what the node promises, for machines that stop and start.</summary>
    private static readonly TimeSpan LastMoment = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task EveryAcknowledgedEvent_IsInTheLedgerOnce_AndRetriesFillInTheRest()
    {
        await using var scene = await Scene.OpenAsync();
        var next = scene.Usage("kill");

        await KillUnderLoadAsync(scene, next);
        var calls = scene.Journal.Calls();
        await scene.Clients.SettleAsync(Clients, calls, scene.Cancellation);

        var ledger = await scene.AuditAsync();
        Assert.Equal(calls.Count, ledger.Count);
    }

    [Fact]
    public async Task ALimitInForceDuringTheKills_IsNeverPassed_AndFullAfterTheRetries()
    {
        await using var scene = await Scene.OpenAsync();
        const long limit = 40_000;
        await scene.Management.BlockTokensAsync(scene.TenantId, limit, scene.Cancellation);
        var next = scene.Usage("limit");

        await KillUnderLoadAsync(scene, next);
        // Usage of before the kills counts towards the limit as it did then; the retries go on until it refuses.
        await scene.Clients.SettleAsync(Clients, scene.Journal.Calls(), scene.Cancellation);
        await scene.FillLimitAsync(scene.Clients, Clients);

        var ledger = await scene.AuditAsync();
        Assert.Equal(limit, ledger.Sum(r => r.Tokens));
    }

    [Fact]
    public async Task HoldsDieWithTheNode_AndTheirCommitsCountOnce()
    {
        await using var scene = await Scene.OpenAsync(keys: 1);
        const long limit = 1_000;
        var key = scene.Fleet.Keys[0];
        await scene.Management.BlockTokensAsync(scene.TenantId, limit, scene.Cancellation);
        Call[] holds = [.. Enumerable.Range(0, 10).Select(n => new Call(CallKind.Reserve, $"hold-{n}", key, 100))];
        await scene.Clients.SettleAsync(4, holds, scene.Cancellation);
        Assert.DoesNotContain(
            scene.Journal.Attempts, static a => a.Verdict is not (Verdict.Counted or Verdict.NotCounted));
        var beyond = new Call(CallKind.Consume, "beyond", key, 1);
        Assert.Equal(Verdict.Refused, (await SendAsync(scene, beyond)).Verdict);

        await scene.Node.KillAsync();
        await scene.Node.StartAsync(scene.Cancellation);

        // Nothing is held any more, so others may use what was held; what really happened counts all the same.
        var others = new Call(CallKind.Consume, "others", key, limit);
        Assert.Equal(Verdict.Counted, (await SendAsync(scene, others)).Verdict);
        Call[] commits = [.. holds.Select(h => h with { Kind = CallKind.Commit, Tokens = 70 })];
        await scene.Clients.SettleAsync(4, commits, scene.Cancellation);
        await scene.Clients.SettleAsync(4, commits, scene.Cancellation);
        Assert.Equal(commits.Length, scene.Journal.Attempts.Count(a => a.Verdict == Verdict.Duplicate));
        Assert.Equal(Verdict.Refused, (await SendAsync(scene, beyond)).Verdict);

        var ledger = await scene.AuditAsync();
        Assert.Equal(limit + (70 * commits.Length), ledger.Where(r => r.IsUsage).Sum(r => r.Tokens));
    }

    [Fact]
    public async Task AnswersFromMemory_LoseAtMostTheLastMoment_AndNeverPassTheLimit()
    {
        await using var scene = await Scene.OpenAsync();
        const long limit = 400_000;
        await scene.Management.BlockTokensAsync(scene.TenantId, limit, scene.Cancellation);
        var number = -1L;
        Call Next() => new(
            CallKind.Consume,
            Id: null,
            scene.Fleet.Keys[(int)(Interlocked.Increment(ref number) % scene.Fleet.Keys.Count)],
            Tokens: 10,
            FromMemory: true);

        for (var round = 0; round < Rounds; round++)
        {
            var began = Scene.Time.GetTimestamp();
            var killed = await KillOnceAsync(scene, Next, loadFor: 2 * LastMoment);
            await scene.Node.StartAsync(scene.Cancellation);
            var ledger = await LedgerReader.ReadAsync(scene.Store.ConnectionString, scene.Cancellation);
            var known = ledger.Select(static r => r.EventId).ToHashSet();
            Assert.DoesNotContain(scene.Journal.Attempts, a => a.Acknowledged && a.SentAt >= began
                && Scene.Time.GetElapsedTime(a.AnsweredAt, killed) > LastMoment && !known.Contains(a.Call.Id!));
            Assert.InRange(ledger.Sum(static r => r.Tokens), 1, limit);
        }

        await scene.Clients.RunAsync(
            Clients, () => scene.Journal.Refused < Clients ? Next() : null, CancellationToken.None, scene.Cancellation);
        var acknowledged = scene.Journal.Attempts.Where(a => a.Acknowledged).Sum(a => a.Call.Tokens);
        Assert.InRange(acknowledged, 1, limit);
        var atLast = await scene.AuditAsync();
        Assert.InRange(atLast.Sum(static r => r.Tokens), 1, limit);
    }

    private static async Task KillUnderLoadAsync(Scene scene, Func<Call> next)
    {
        for (var round = 0; round < Rounds; round++)
        {
            await KillOnceAsync(scene, next);
            await scene.Node.StartAsync(scene.Cancellation);
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
        await scene.Node.KillAsync();
        await stop.CancelAsync();
        await load;
        return killed;
    }

    /// <summary>
    /// Until there is a decision: what a killed process held is out of use until it is fenced, which on a cluster takes
    /// seconds, and said to be so.
    /// </summary>
    private static async Task<Attempt> SendAsync(Scene scene, Call call)
    {
        using var caller = new Caller(scene.Node.Target, Scene.Time);
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
