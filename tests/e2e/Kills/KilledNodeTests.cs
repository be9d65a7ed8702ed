using Sluice.EndToEnd.Scenes;
using Sluice.EndToEnd.Traffic;
using Xunit;

namespace Sluice.EndToEnd.Kills;

/// <summary>kill -9 of the node while clients wait for answers.</summary>
public sealed class KilledNodeTests
{
    private const int Clients = 48;
    private const int Rounds = 3;

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
        Assert.DoesNotContain(scene.Journal.Attempts, static a => a.Verdict != Verdict.Counted);
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
        const long limit = 200_000;
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
            var killed = await KillOnceAsync(scene, Next);
            await scene.Node.StartAsync(scene.Cancellation);
            var inLedger = (await Audits.LedgerReader.ReadAsync(scene.Store.ConnectionString, scene.Cancellation))
                .Sum(r => r.Tokens);
            // What was acknowledged a second before the kill has long been on disk.
            var safe = scene.Journal.Attempts.Where(a => a.Acknowledged)
                .Where(a => Scene.Time.GetElapsedTime(a.AnsweredAt, killed) > TimeSpan.FromSeconds(1))
                .Sum(a => a.Call.Tokens);
            Assert.InRange(inLedger, safe, limit);
        }

        await scene.Clients.RunAsync(
            Clients, () => scene.Journal.Refused < Clients ? Next() : null, CancellationToken.None, scene.Cancellation);
        var acknowledged = scene.Journal.Attempts.Where(a => a.Acknowledged).Sum(a => a.Call.Tokens);
        Assert.InRange(acknowledged, 1, limit);
        var ledger = await scene.AuditAsync();
        Assert.InRange(ledger.Sum(r => r.Tokens), 1, limit);
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
    private static async Task<long> KillOnceAsync(Scene scene, Func<Call> next)
    {
        using var stop = new CancellationTokenSource();
        var load = scene.Clients.RunAsync(Clients, next, stop.Token, scene.Cancellation);
        await scene.WaitForMoreAsync(static j => j.Acknowledged + j.Refused, 800);
        var killed = Scene.Time.GetTimestamp();
        await scene.Node.KillAsync();
        await stop.CancelAsync();
        await load;
        return killed;
    }

    private static async Task<Attempt> SendAsync(Scene scene, Call call)
    {
        using var caller = new Caller(scene.Node.Target, Scene.Time);
        var attempt = await caller.SendAsync(call, scene.Cancellation);
        scene.Journal.Add(attempt);
        return attempt;
    }
}
