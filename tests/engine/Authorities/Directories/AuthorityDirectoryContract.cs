using Sluice.Metering.Identity;
using Sluice.Metering.Leases.Messages;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;
using Sluice.Storage.Ledger.Leases;
using Xunit;

namespace Sluice.Engine.Authorities.Directories;

/// <summary>
/// The behaviour that edges and the control plane rely on, wherever the authorities live. These tests run against the
/// grains of a cluster and against the fake that replaces them in the other tests of the engine.
/// </summary>
public abstract class AuthorityDirectoryContract
{
    private const int TimeoutMs = 60_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = TimeoutMs)]
    public async Task ASync_GrantsWhatIsNeeded_AndOnlyWhatIsOnDisk()
    {
        await using var scene = await StartAsync();
        var scope = await LimitedScopeAsync(scene, 100);
        var edge = await scene.JoinAsync();
        await edge.AttachAsync(scene.Here, scope);

        var reply = await edge.AskAsync(scene.Here, scope, need: 30);

        var line = Assert.Single(reply.Lines);
        Assert.Equal(PlayedEdge.Tokens, line.Counter);
        Assert.Equal((30, 100, LeaseVerdict.None), (line.GrantedUnits, line.LimitUnits, line.Verdict));
        Assert.Equal(scope, reply.Scope);
        Assert.Equal(30, await GrantedOnDiskAsync(scene, scope));
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task ASessionThatTheAuthorityHasNotHeardOf_IsAnsweredTheFirstTimeItAsks()
    {
        await using var scene = await StartAsync();
        var scope = await LimitedScopeAsync(scene, 100);
        await (await scene.JoinAsync()).AttachAsync(scene.Here, scope);
        var newcomer = await scene.JoinAsync();

        var reply = await newcomer.SayAsync(scene.Here, scope, attach: true);

        Assert.Equal(1, reply?.Sequence);
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task EveryProcess_SpeaksToTheSameAuthority_WhichNeverGrantsMoreThanTheLimit()
    {
        await using var scene = await StartAsync();
        var scope = await LimitedScopeAsync(scene, 100);
        var (one, two) = (await scene.JoinAsync(), await scene.JoinAsync());
        await one.AttachAsync(scene.Here, scope);
        await two.AttachAsync(scene.There, scope);

        var first = await one.AskAsync(scene.Here, scope, need: 60);
        one.Used = 60;
        await one.AskAsync(scene.Here, scope);
        var second = await two.AskAsync(scene.There, scope, need: 60);

        Assert.Equal(first.Epoch, second.Epoch);
        Assert.Equal((60, 40), (one.Granted, two.Granted));
        var line = Assert.Single(second.Lines);
        Assert.Equal((LeaseVerdict.Exhausted, 60), (line.Verdict, line.OthersUsedUnits));
        Assert.Equal(100, await GrantedOnDiskAsync(scene, scope));
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task RightsThatAnotherEdgeDoesNotUse_AreRecalled_AndArriveWhereTheyAreNeeded()
    {
        await using var scene = await StartAsync();
        var scope = await LimitedScopeAsync(scene, 100);
        var (idle, busy) = (await scene.JoinAsync(), await scene.JoinAsync());
        await idle.AttachAsync(scene.Here, scope);
        await busy.AttachAsync(scene.There, scope);
        await idle.AskAsync(scene.Here, scope, need: 100);
        await idle.AskAsync(scene.Here, scope);

        var asking = busy.SayAsync(scene.There, scope, need: 10);
        var recall = await idle.Recalls.ReadAsync(Cancellation);
        idle.Returned = 100;
        idle.RecallFollowed = recall.Number;
        await idle.AskAsync(scene.Here, scope);
        await asking;
        await busy.AskAsync(scene.There, scope, need: 10);

        Assert.Equal((scope, PlayedEdge.Tokens), (recall.Scope, recall.Counter));
        Assert.Equal(10, busy.Granted);
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task ARefresh_ReturnsOnlyWhenEveryEdgeFollows()
    {
        await using var scene = await StartAsync();
        var scope = await LimitedScopeAsync(scene, 100);
        var (quick, slow) = (await scene.JoinAsync(), await scene.JoinAsync());
        await quick.AttachAsync(scene.Here, scope);
        await slow.AttachAsync(scene.There, scope);
        await SetLimitAsync(scene, scope, 50);

        var refresh = scene.There.RefreshAsync(scope, Cancellation);
        await PushAsync(quick, 2);
        await quick.AskAsync(scene.Here, scope);
        await quick.AskAsync(scene.Here, scope);
        await PushAsync(slow, 2);
        // Pushed once more: the authority has processed the first by now, and waits for the second.
        await PushAsync(slow, 2);
        Assert.False(refresh.IsCompleted);
        slow.LimitVersion = 2;
        await slow.AskAsync(scene.There, scope);
        await refresh;

        Assert.Equal(2, quick.LimitVersion);
        var reply = await quick.AskAsync(scene.Here, scope, need: 60);
        Assert.Equal((50, LeaseVerdict.Exhausted), (quick.Granted, Assert.Single(reply.Lines).Verdict));
    }

    [Theory(Timeout = TimeoutMs)]
    [InlineData("keys 7 8")]
    [InlineData("tenant 9")]
    [InlineData("rates")]
    public async Task AnOrder_ReturnsOnlyWhenEveryEdgeHasConfirmedIt(string order)
    {
        await using var scene = await StartAsync();
        var (quick, slow) = (await scene.JoinAsync(), await scene.JoinAsync());
        var confirms = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        slow.Confirms = confirms.Task;

        NodeChange change = order[0] switch
        {
            'k' => new NodeChange.Keys([7, 8]),
            't' => new NodeChange.Tenant(9),
            _ => new NodeChange.Rates(),
        };
        var done = scene.Here.PropagateAsync(change, Cancellation);
        Assert.Equal(order, await quick.Orders.ReadAsync(Cancellation));
        Assert.Equal(order, await slow.Orders.ReadAsync(Cancellation));
        Assert.False(done.IsCompleted);
        slow.Confirms = Task.CompletedTask;
        confirms.SetResult();

        await done;
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task Reading_ShowsWhatEdgesHaveReported_FromEveryProcess()
    {
        await using var scene = await StartAsync();
        var scope = await LimitedScopeAsync(scene, 100);
        var edge = await scene.JoinAsync();
        await edge.AttachAsync(scene.Here, scope);
        await edge.AskAsync(scene.Here, scope, need: 10);
        edge.Used = 7;
        await edge.AskAsync(scene.Here, scope);

        foreach (var directory in (IAuthorityDirectory[])[scene.Here, scene.There])
        {
            var reading = Assert.Single((await directory.ReadAsync(scope, Cancellation))!);
            Assert.Equal((PlayedEdge.Tokens, 7, 100), (reading.Counter, reading.UsedUnits, reading.LimitUnits));
        }

        Assert.Empty(await scene.Here.ReadAsync(NewScope(), Cancellation) ?? []);
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task ADeposedAuthority_AnswersNothing_AndItsSuccessorGoesOnFromTheDisk()
    {
        await using var scene = await StartAsync();
        var scope = await LimitedScopeAsync(scene, 100);
        var edge = await scene.JoinAsync();
        await edge.AttachAsync(scene.Here, scope);
        await edge.AskAsync(scene.Here, scope, need: 30);

        // Another process activates the same scope, as the other side of a split cluster would.
        var usurper = Assert.Single(await new ActivationStore(scene.Store.Source)
            .ActivateAsync([scope], PeriodKey.Month(2026, 6), Cancellation));
        var asked = await edge.SayAsync(scene.Here, scope, need: 71);
        var (epochBefore, grantedBefore) = (edge.Epoch, edge.Granted);
        edge.Used = 30;
        await edge.AskAsync(scene.There, scope);
        var reply = await edge.AskAsync(scene.There, scope, need: 71);

        Assert.Null(asked);
        Assert.Equal(30, grantedBefore);
        Assert.True(usurper.Epoch > epochBefore && reply.Epoch > usurper.Epoch);
        var line = Assert.Single(reply.Lines);
        Assert.Equal((100, LeaseVerdict.Exhausted), (line.GrantedUnits, line.Verdict));
        Assert.Equal(100, await GrantedOnDiskAsync(scene, scope));
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task ASessionThatIsSettled_GivesBackWhatItDidNotUse()
    {
        await using var scene = await StartAsync();
        var scope = await LimitedScopeAsync(scene, 100);
        var (leaving, staying) = (await scene.JoinAsync(), await scene.JoinAsync());
        await leaving.AttachAsync(scene.Here, scope);
        await staying.AttachAsync(scene.There, scope);
        await leaving.AskAsync(scene.Here, scope, need: 100);

        await scene.EndAsync(leaving);
        // Until the news of its end has arrived, the rights belong to an edge that can't be reached.
        while (staying.Granted < 100)
            await staying.AskAsync(scene.There, scope, need: 100 - staying.Granted);

        Assert.Equal(100, staying.Granted);
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task ASessionThatBeganLater_IsHeard()
    {
        await using var scene = await StartAsync();
        var scope = await LimitedScopeAsync(scene, 100);
        var first = await scene.JoinAsync();
        await first.AttachAsync(scene.Here, scope);

        var later = await scene.JoinAsync();
        await later.AttachAsync(scene.There, scope);
        await later.AskAsync(scene.There, scope, need: 40);

        Assert.Equal(40, later.Granted);
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task ASessionThatDoesNotLive_IsNotHeard_WhateverItSays()
    {
        await using var scene = await StartAsync();
        var scope = await LimitedScopeAsync(scene, 100);
        var ended = await scene.JoinAsync();
        await scene.EndAsync(ended);
        var living = await scene.JoinAsync();
        await living.AttachAsync(scene.Here, scope);

        // Each request is dropped when the next one arrives, the last one after a while; none is answered.
        ended.Used = 90;
        var unheard = ended.SayAsync(scene.Here, scope, need: 10);
        for (var i = 0; i < 5; i++)
        {
            var next = ended.SayAsync(scene.Here, scope, need: 10);
            Assert.Null(await unheard);
            unheard = next;
        }

        await living.AskAsync(scene.Here, scope, need: 100);

        Assert.Equal(100, living.Granted);
        Assert.Null(await unheard);
    }

    /// <summary>Starts authorities without any session.</summary>
    private protected abstract Task<IDirectoryScene> StartAsync();

    private static ScopeId NewScope() => new(ScopeKind.Tenant, IdText.NewValue());

    /// <summary>Creates a tenant whose tokens are limited.</summary>
    private static async Task<ScopeId> LimitedScopeAsync(IDirectoryScene scene, long tokens)
    {
        var scope = NewScope();
        await scene.Store.ExecuteAsync(
            $"""
             insert into tenant values ({scope.Value}, 'T', 'b{scope.Value}', 'UTC', 'en', 'JPY', 0, now(), now())
             """);
        await SetLimitAsync(scene, scope, tokens);
        return scope;
    }

    /// <summary>Commits another limit without notifying anyone.</summary>
    private static Task SetLimitAsync(IDirectoryScene scene, ScopeId scope, long tokens) => scene.Store.ExecuteAsync(
        $"""
         delete from usage_limit where tenant_id = {scope.Value};
         insert into usage_limit (tenant_id, scope_kind, scope_id, metric, period, kind, source, value, created_at)
           values ({scope.Value}, 0, {scope.Value}, {MetricId.TextTokens.Value}, 0, 0, 2, {tokens}, now());
         insert into limit_version (scope_kind, scope_id, version) values (0, {scope.Value}, 1)
           on conflict (scope_kind, scope_id) do update set version = limit_version.version + 1;
         """);

    private static Task<long> GrantedOnDiskAsync(IDirectoryScene scene, ScopeId scope) =>
        scene.Store.ScalarAsync<long>(
            $"select sum(granted)::bigint from lease where scope_kind = 0 and scope_id = {scope.Value}");

    /// <summary>Reads pushes until one has a version.</summary>
    private static async Task PushAsync(PlayedEdge edge, long version)
    {
        while ((await edge.Pushes.ReadAsync(Cancellation)).Limits.Version < version)
        {
            // One of an earlier version was still on its way.
        }
    }
}
