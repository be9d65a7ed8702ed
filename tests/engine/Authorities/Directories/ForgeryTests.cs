using System.Diagnostics.Metrics;
using Orleans.Runtime;
using Sluice.Engine.Nodes;
using Sluice.GrainInterfaces;
using Sluice.GrainInterfaces.Messages;
using Sluice.Grains;
using Sluice.Metering.Identity;
using Sluice.Metering.Leases.Messages;
using Sluice.Metering.Metrics;
using Sluice.Storage.Ledger.Sessions;
using Xunit;

namespace Sluice.Engine.Authorities.Directories;

/// <summary>
/// Attempts of a process that has the cluster's certificate, and so can call every grain and edge, but not the secret
/// of the session that it speaks for.
/// </summary>
public sealed class ForgeryTests(Silos silos) : IClassFixture<Silos>
{
    private const int TimeoutMs = 60_000;

    private const long Limit = 100;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = TimeoutMs)]
    public async Task ADeletedKey_IsNotConfirmed_ByAForeignObserver()
    {
        await using var scene = new GrainScene(silos);
        var (victim, other) = (await scene.JoinAsync(), await scene.JoinAsync());
        var foreign = new ForeignObserver();
        var address = Silos.Of<IGrainFactory>(silos.Outside).CreateObjectReference<IEdgeObserver>(foreign).GetGrainId();
        await scene.Store.ExecuteAsync(
            $"update edge_session set address = '{address}' where id = {victim.Session.Value}");

        var deleted = scene.Here.PropagateAsync(new NodeChange.Keys([7]), Cancellation);

        Assert.Equal("keys 7", await other.Orders.ReadAsync(Cancellation));
        // It is asked again, so its first confirmation did not count.
        await foreign.Told.ReadAsync(Cancellation);
        await foreign.Told.ReadAsync(Cancellation);
        Assert.False(deleted.IsCompleted);
        await new SessionStore(scene.Store.Source).FenceAsync(victim.Session, Cancellation);
        await deleted;
        GC.KeepAlive(foreign);
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task AForgedSync_IsRefused_AndTheTenantIsServed()
    {
        await using var scene = new GrainScene(silos);
        var scope = await LimitedScopeAsync(scene);
        var victim = await scene.JoinAsync();
        await victim.AttachAsync(scene.Here, scope);
        var (refused, counting) = Counting();
        using (counting)
        {
            var thief = GrainScene.DirectoryAt(silos.Outside, new EdgeSecret());
            foreach (var (sequence, epoch) in ((long, long)[])[(long.MaxValue, 1), (1_000, long.MaxValue), (3, 1)])
                Assert.Null(await thief.SyncAsync(Forged(victim, scope, sequence, epoch), Cancellation));
            Assert.Equal(3, refused.GetValueOrDefault("foreign"));
        }

        var reply = await victim.SayAsync(scene.Here, scope, need: 60);
        var other = await scene.JoinAsync();
        await other.AttachAsync(scene.There, scope);
        await other.AskAsync(scene.There, scope, need: 40);

        Assert.Equal(60, Assert.Single(reply!.Lines).GrantedUnits);
        Assert.Equal(40, other.Granted);
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task AForgedNeed_IsGrantedNothing()
    {
        await using var scene = new GrainScene(silos);
        var scope = await LimitedScopeAsync(scene);
        var victim = await scene.JoinAsync();
        await victim.AttachAsync(scene.Here, scope);
        await victim.AskAsync(scene.Here, scope, need: 60);

        var thief = GrainScene.DirectoryAt(silos.First, new EdgeSecret());
        var need = new CounterReport(PlayedEdge.Tokens, 0, 0, 0, 60, 0, 0, 0, 1_000, false, 0, 0);
        await thief.SyncAsync(
            Forged(victim, scope, 1_000, victim.Epoch) with { Reports = [need] }, Cancellation);

        Assert.Equal(60, await GrantedOnDiskAsync(scene, scope));
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task ALieWithTheSecret_IsGrantedNothingBeyondTheLimit_AndHeals()
    {
        await using var scene = new GrainScene(silos);
        var scope = await LimitedScopeAsync(scene);
        var victim = await scene.JoinAsync();
        await victim.AttachAsync(scene.Here, scope);
        await victim.AskAsync(scene.Here, scope, need: 60);

        var first = await scene.Here.SyncAsync(Forged(victim, scope, 1_000, victim.Epoch), Cancellation);
        var second = await scene.Here.SyncAsync(
            Forged(victim, scope, long.MaxValue, long.MaxValue) with { Reports = [] }, Cancellation);
        await scene.Here.SyncAsync(Forged(victim, scope, long.MaxValue, 0) with { Reports = [] }, Cancellation);
        victim.Used = 60;
        await victim.AskAsync(scene.Here, scope, need: 50);

        Assert.Equal((SyncOutcome.Implausible, SyncOutcome.UnknownEpoch), (first?.Outcome, second?.Outcome));
        Assert.Equal(Limit, victim.Granted);
        Assert.Equal(Limit, await GrantedOnDiskAsync(scene, scope));
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task LimitsThatSomeoneElsePushes_ReachNoEdge()
    {
        await using var scene = new GrainScene(silos);
        var scope = await LimitedScopeAsync(scene);
        var victim = await scene.JoinAsync();
        await victim.AttachAsync(scene.Here, scope);
        var address = await scene.Store.ScalarAsync<string>(
            $"select address from edge_session where id = {victim.Session.Value}");
        var edge = Silos.Of<IGrainFactory>(silos.Outside).GetGrain<IEdgeObserver>(GrainId.Parse(address, null));

        await edge.OnLimitsAsync(new LimitsMessage((byte)scope.Kind, scope.Value, long.MaxValue, 7, []));
        await edge.OnLimitsAsync(new LimitsMessage((byte)scope.Kind, scope.Value, long.MaxValue, 8, [], new byte[32]));
        await edge.OnRecallAsync(new RecallMessage((byte)scope.Kind, scope.Value, 9, 9, 0, 0, 0));
        await edge.OnHoldEndedAsync(new HoldEndedMessage(Guid.NewGuid()));
        await edge.OnHoldEndedAsync(new HoldEndedMessage(Guid.NewGuid(), new byte[32]));
        // Messages of one sender arrive in order: once this is answered, the others have been.
        Assert.Null(await edge.ConfirmAsync(new ChangeMessage(ChangeKind.Keys, [7]), Guid.NewGuid(), new byte[32]));

        while (victim.Pushes.TryRead(out var push))
            Assert.Equal(1, push.Limits.Version);
        Assert.False(victim.Recalls.TryRead(out _));
        Assert.False(victim.Orders.TryRead(out _));
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task ASessionOfAnOlderVersion_WhichHasNoSecret_StillWorks()
    {
        await using var scene = new GrainScene(silos);
        var scope = await LimitedScopeAsync(scene);
        var old = await scene.JoinAsync();
        await scene.Store.ExecuteAsync($"update edge_session set secret = null where id = {old.Session.Value}");

        await old.AttachAsync(scene.Here, scope);
        await old.AskAsync(scene.Here, scope, need: 10);
        await scene.Here.PropagateAsync(new NodeChange.Keys([7]), Cancellation);

        Assert.Equal(10, old.Granted);
        Assert.Equal("keys 7", await old.Orders.ReadAsync(Cancellation));
    }

    private static SyncRequest Forged(PlayedEdge victim, ScopeId scope, long sequence, long epoch) => new(
        victim.Session, scope, sequence, victim.LimitVersion, epoch, false, false,
        [new CounterReport(PlayedEdge.Tokens, 0, 0, 1_000, 1_000, 0, 0, 0, 1_000, false, 0, 0)]);

    private static (Dictionary<string, long> Refused, MeterListener Listener) Counting()
    {
        var refused = new Dictionary<string, long>();
        var listener = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Meter.Name == SyncGate.MeterName)
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
        {
            lock (refused)
            {
                var reason = (string)tags[0].Value!;
                refused[reason] = refused.GetValueOrDefault(reason) + value;
            }
        });
        listener.Start();
        return (refused, listener);
    }

    private static async Task<ScopeId> LimitedScopeAsync(GrainScene scene)
    {
        var scope = new ScopeId(ScopeKind.Tenant, IdText.NewValue());
        await scene.Store.ExecuteAsync(
            $"""
             insert into tenant values ({scope.Value}, 'T', 'b{scope.Value}', 'UTC', 'en', 'JPY', 0, now(), now());
             insert into usage_limit (tenant_id, scope_kind, scope_id, metric, period, kind, source, value, created_at)
               values ({scope.Value}, 0, {scope.Value}, {MetricId.TextTokens.Value}, 0, 0, 2, {Limit}, now());
             insert into limit_version (scope_kind, scope_id, version) values (0, {scope.Value}, 1);
             """);
        return scope;
    }

    private static Task<long> GrantedOnDiskAsync(GrainScene scene, ScopeId scope) => scene.Store.ScalarAsync<long>(
        $"select sum(granted - returned)::bigint from lease where scope_kind = 0 and scope_id = {scope.Value}");
}
