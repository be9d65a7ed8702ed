using Sluice.EndToEnd.Audits;
using Sluice.EndToEnd.Scenes;
using Sluice.EndToEnd.Traffic;
using Xunit;

namespace Sluice.EndToEnd.Restarts;

/// <summary>Holds whose node restarts cleanly; those of killed nodes are in <c>Kills</c>.</summary>
public sealed class HoldTests
{
    private const long Limit = 1_000;

    [Theory]
    [Nodes(1, Soak = true)]
    [Nodes(3)]
    public async Task AHold_OutlivesItsNode_AndACommitAtAnother_FreesTheRest_WhetherTheFirstLivesOrNot(int nodes)
    {
        await using var scene = await Scene.OpenAsync(new ScenePlan(nodes) { Keys = 1 });
        var key = scene.Fleet.Keys[0];
        await scene.Management.BlockTokensAsync(scene.TenantId, Limit, scene.Cancellation);
        var (holder, other) = (scene.Entrances[0], scene.Entrances[^1]);
        await DecideAsync(scene, holder, new Call(CallKind.Reserve, "at-once", key, 600), Verdict.Counted);
        await DecideAsync(scene, other, new Call(CallKind.Commit, "at-once", key, 100), Verdict.Counted);
        await UntilTokensAsync(scene, held: 0, used: 100);
        await DecideAsync(scene, holder, new Call(CallKind.Reserve, "held", key, 600), Verdict.Counted);

        await holder.Node.RestartAsync(scene.Cancellation);
        await holder.Node.ReadyAsync(scene.Cancellation);

        await UntilTokensAsync(scene, held: 600, used: 100);
        await DecideAsync(scene, other, new Call(CallKind.Consume, "301 more", key, 301), Verdict.Refused);
        await UntilTokensAsync(scene, held: 600, used: 100);
        await DecideAsync(scene, other, new Call(CallKind.Commit, "held", key, 550), Verdict.Counted);
        await DecideAsync(scene, other, new Call(CallKind.Commit, "held", key, 550), Verdict.Duplicate);
        await DecideAsync(scene, other, new Call(CallKind.Consume, "the rest", key, 350), Verdict.Counted);
        await DecideAsync(scene, other, new Call(CallKind.Consume, "1 more", key, 1), Verdict.Refused);
        await UntilTokensAsync(scene, held: 0, Limit);
        Assert.Equal(Limit, (await scene.AuditAsync()).UsedTokens());
    }

    /// <summary>Sends a call to a node until it is decided.</summary>
    private static async Task DecideAsync(Scene scene, Entrance entrance, Call call, Verdict expected)
    {
        using var caller = new Caller(entrance.Node.Target, Scene.Time);
        var attempt = await caller.SendAsync(call, scene.Cancellation);
        for (; attempt.Verdict == Verdict.NotCounted; attempt = await caller.SendAsync(call, scene.Cancellation))
        {
            entrance.Journal.Add(attempt);
            await Task.Delay(TimeSpan.FromMilliseconds(25), Scene.Time, scene.Cancellation);
        }

        entrance.Journal.Add(attempt);
        Assert.True(attempt.Verdict == expected, $"{attempt}\n{scene.Cluster.LastLines}");
    }

    private static async Task UntilTokensAsync(Scene scene, long held, long used)
    {
        while (await TokensAsync(scene) != (held, used))
            await Task.Delay(TimeSpan.FromMilliseconds(100), Scene.Time, scene.Cancellation);
    }

    private static async Task<(long Held, long Used)> TokensAsync(Scene scene)
    {
        var state = await scene.Calls.GetAsync(
            $"/api/v1/tenants/{scene.TenantId}/state?scopeId={scene.TenantId}", scene.Cancellation);
        var tokens = state.GetProperty("items").EnumerateArray().Single().GetProperty("metrics").EnumerateArray()
            .Single(static m => m.GetProperty("metric").GetString() == "text_tokens");
        return (tokens.GetProperty("held").GetInt64(), tokens.GetProperty("used").GetInt64());
    }
}
