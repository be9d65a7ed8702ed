using System.Collections.Concurrent;
using Sluice.Engine.Authorities;
using Sluice.Engine.Customers;
using Sluice.Engine.Events;
using Sluice.Engine.Nodes;
using Sluice.Engine.Usage;
using Sluice.Metering.Identity;
using Sluice.Metering.Periods;
using Sluice.Storage.Control.Credentials;
using Xunit;

namespace Sluice.Engine.Keys;

public sealed class KeyCacheTests(TestStore store) : IClassFixture<TestStore>
{
    private const int TimeoutMs = 60_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = TimeoutMs)]
    public async Task OnlyTheRightSecret_OfALivingKey_IsAccepted()
    {
        await using var cluster = await TestCluster.StartAsync(store);
        var edge = await cluster.StartEdgeAsync();
        var (customer, other) = (await Customer.CreateAsync(store), await Customer.CreateAsync(store));
        var stranger = Customer.Stranger(store);
        var wrongSecret = (await customer.AnotherKeyAsync()).Secret;

        Assert.Equal(customer.KeyId, (await edge.AuthenticateAsync(customer.Secret))!.KeyId);
        Assert.Equal(other.TenantId, (await edge.AuthenticateAsync(other.Secret))!.TenantId);
        Assert.Null(await edge.AuthenticateAsync(stranger.Secret));
        Assert.Null(await edge.AuthenticateAsync(customer.Secret[..^1]));
        Assert.Null(await edge.AuthenticateAsync(customer.Secret + " "));
        Assert.Null(await edge.AuthenticateAsync(""));
        Assert.NotEqual(customer.KeyId, (await edge.AuthenticateAsync(wrongSecret))!.KeyId);
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task AKnownKey_IsAskedForOnce_HoweverManyAskAtTheSameTime()
    {
        await using var cluster = await TestCluster.StartAsync(store);
        var edge = await cluster.StartEdgeAsync();
        var customer = await Customer.CreateAsync(store);

        var keys = await Task.WhenAll(Enumerable.Range(0, 50).Select(
            _ => Task.Run(() => edge.AuthenticateAsync(customer.Secret))));

        Assert.Single(keys.Distinct());
        Assert.True(keys[0]!.Live);
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task ARegeneratedKey_AcceptsOnlyTheNewSecret_OnceTheCallHasReturned()
    {
        await using var cluster = await TestCluster.StartAsync(store);
        var edges = new[] { await cluster.StartEdgeAsync(), await cluster.StartEdgeAsync() };
        var customer = await Customer.CreateAsync(store);
        foreach (var edge in edges)
            Assert.NotNull(await edge.AuthenticateAsync(customer.Secret));

        var next = await customer.RegenerateAsync();
        await cluster.Directory.PropagateAsync(new NodeChange.Keys([customer.KeyId]), Cancellation);

        foreach (var edge in edges)
        {
            Assert.Null(await edge.AuthenticateAsync(customer.Secret));
            Assert.NotNull(await edge.AuthenticateAsync(next));
        }
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task TheOldSecret_WorksDuringItsGrace_AndNotFromItsEndOn_AndItsUseIsNoted()
    {
        await using var cluster = await TestCluster.StartAsync(store);
        var edge = await cluster.StartEdgeAsync();
        var customer = await Customer.CreateAsync(store);
        var next = await customer.RegenerateAsync(graceUntil: "2026-07-15 00:10Z");

        Assert.NotNull(await edge.AuthenticateAsync(next));
        Assert.NotNull(await edge.AuthenticateAsync(customer.Secret));
        await edge.Keys.NoteUseAsync(Cancellation);
        cluster.Time.WallMs += (10 * 60_000) - 1;
        Assert.NotNull(await edge.AuthenticateAsync(customer.Secret));
        cluster.Time.WallMs += 1;
        Assert.Null(await edge.AuthenticateAsync(customer.Secret));
        Assert.NotNull(await edge.AuthenticateAsync(next));

        Assert.True(await store.ScalarAsync<bool>(
            $"""
             select previous_used_at = '2026-07-15Z' and last_used_at = '2026-07-15Z'
             from api_key where id = {customer.KeyId}
             """));
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task AKey_StopsWorkingAtTheInstantOfItsExpiry_ThoughNobodyIsTold()
    {
        await using var cluster = await TestCluster.StartAsync(store);
        var edge = await cluster.StartEdgeAsync();
        var customer = await Customer.CreateAsync(store);
        await store.ExecuteAsync($"update api_key set expires_at = '2026-07-15 00:00:01Z' where id = {customer.KeyId}");

        cluster.Time.WallMs += 999;
        Assert.NotNull(await edge.AuthenticateAsync(customer.Secret));
        Assert.NotNull(await edge.Keys.FindAsync(customer.KeyId));
        cluster.Time.WallMs += 1;
        Assert.Null(await edge.AuthenticateAsync(customer.Secret));
        Assert.Null(await edge.Keys.FindAsync(customer.KeyId));
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task AKeyWhoseRowWasReadBeforeARevocation_IsNotTakenAfterIt()
    {
        await using var cluster = await TestCluster.StartAsync(store);
        var edge = await cluster.StartEdgeAsync();
        var customer = await Customer.CreateAsync(store);
        var before = edge.Edge.Revocations;
        var credential = await new CredentialStore(store.Source).FindAsync(customer.KeyId, Cancellation);

        await cluster.Directory.PropagateAsync(new NodeChange.Keys([customer.KeyId]), Cancellation);

        Assert.Null(edge.Edge.AddKey(credential!, TenantCalendar.Utc, before));
        Assert.NotNull(edge.Edge.AddKey(credential!, TenantCalendar.Utc, edge.Edge.Revocations));
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task ARevokedTenant_HasNoLivingKey_EvenOneThatIsNotInTheCacheYet()
    {
        await using var cluster = await TestCluster.StartAsync(store);
        var edge = await cluster.StartEdgeAsync();
        var (customer, other) = (await Customer.CreateAsync(store), await Customer.CreateAsync(store));
        var key = await AddAsync(customer);
        var others = await AddAsync(other);

        await cluster.Directory.PropagateAsync(new NodeChange.Tenant(customer.TenantId), Cancellation);

        Assert.False(key.Live);
        Assert.True(others.Live);

        async Task<CachedKey> AddAsync(Customer of)
        {
            var before = edge.Edge.Revocations;
            var credential = await new CredentialStore(store.Source).FindAsync(of.KeyId, Cancellation);
            return edge.Edge.AddKey(credential!, TenantCalendar.Utc, before)!;
        }
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task NobodyIsLetInAfterARevocationHasReturned_WhileManyAreLoadingTheKey()
    {
        const int Keys = 40;
        await using var cluster = await TestCluster.StartAsync(store);
        var edge = await cluster.StartEdgeAsync();
        var customer = await Customer.CreateAsync(store);
        var revoked = new ConcurrentDictionary<long, bool>();
        var letIn = 0;
        for (var i = 0; i < Keys; i++)
        {
            var key = await customer.AnotherKeyAsync();
            var asking = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
            {
                while (true)
                {
                    var dead = revoked.ContainsKey(key.KeyId);
                    if (await edge.AuthenticateAsync(key.Secret) is not null)
                        Interlocked.Add(ref letIn, dead ? 1 : 0);
                    if (dead)
                        return;
                }
            })).ToArray();
            await key.DeleteKeyAsync();
            await cluster.Directory.PropagateAsync(new NodeChange.Keys([key.KeyId]), Cancellation);
            revoked[key.KeyId] = true;
            await Task.WhenAll(asking);
        }

        Assert.Equal(0, letIn);
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task ARequestThatHoldsTheKeyAlready_IsRefused_OnceTheKeyIsRevoked()
    {
        await using var cluster = await TestCluster.StartAsync(store);
        var edge = await cluster.StartEdgeAsync();
        var customer = await Customer.CreateAsync(store);
        var usage = await edge.MakeAsync(customer, 5);
        await customer.DeleteKeyAsync();
        await cluster.Directory.PropagateAsync(new NodeChange.Keys([customer.KeyId]), Cancellation);

        Assert.Equal(UsageVerdict.KeyRevoked, Answer.Take(await edge.Meter.SubmitAsync(usage)).Verdict);
        Assert.Equal(0, await customer.LedgerTokensAsync());
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task ASuspendedTenantsKeys_AreDeadWhenTheCallReturns_AndAliveAgainAfterwards()
    {
        await using var cluster = await TestCluster.StartAsync(store);
        var edge = await cluster.StartEdgeAsync();
        var (customer, bystander) = (await Customer.CreateAsync(store), await Customer.CreateAsync(store));
        var another = await customer.AnotherKeyAsync();
        foreach (var key in (Customer[])[customer, another, bystander])
            Assert.NotNull(await edge.AuthenticateAsync(key.Secret));

        await SetStateAsync(1);
        Assert.Null(await edge.AuthenticateAsync(customer.Secret));
        Assert.Null(await edge.AuthenticateAsync(another.Secret));
        Assert.NotNull(await edge.AuthenticateAsync(bystander.Secret));

        await SetStateAsync(0);
        Assert.NotNull(await edge.AuthenticateAsync(customer.Secret));

        async Task SetStateAsync(int state)
        {
            await store.ExecuteAsync($"update tenant set state = {state} where id = {customer.TenantId}");
            await cluster.Directory.PropagateAsync(new NodeChange.Tenant(customer.TenantId), Cancellation);
        }
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task AnEndedKey_IsFound_WhileOtherTenantsChange()
    {
        await using var cluster = await TestCluster.StartAsync(store);
        var edge = await cluster.StartEdgeAsync();
        var customer = await Customer.CreateAsync(store);
        await customer.DeleteKeyAsync();

        // Several wait for one read, and the first to go on lets another tenant change, which forgets all ended keys.
        for (var i = 0; i < 100; i++)
        {
            Assert.All(
                await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(FindAsync))), Assert.NotNull);
        }

        async Task<CachedKey?> FindAsync()
        {
            var found = await edge.Keys.FindEvenEndedAsync(customer.KeyId);
            edge.Keys.RevokeTenant(1);
            return found;
        }
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task AResumedTenantsKey_WorksAtOnce_HoweverManyAskedWhileItWasSuspended()
    {
        await using var cluster = await TestCluster.StartAsync(store);
        var edge = await cluster.StartEdgeAsync();
        var customer = await Customer.CreateAsync(store);
        await using var changing = new OthersChanging(edge);
        var asking = Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
        {
            while (!changing.Stopped)
                await edge.Keys.FindAsync(customer.KeyId);
        })).ToArray();

        for (var i = 0; i < 100; i++)
        {
            await SetStateAsync(1);
            await SetStateAsync(0);
            Assert.NotNull(await edge.AuthenticateAsync(customer.Secret));
        }

        await changing.DisposeAsync();
        await Task.WhenAll(asking);

        async Task SetStateAsync(int state)
        {
            await store.ExecuteAsync($"update tenant set state = {state} where id = {customer.TenantId}");
            await cluster.Directory.PropagateAsync(new NodeChange.Tenant(customer.TenantId), Cancellation);
        }
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task AnEndedKeyReadBeforeItsTenantMovedToAnotherZone_DoesNotMoveItBack()
    {
        await using var cluster = await TestCluster.StartAsync(store);
        var edge = await cluster.StartEdgeAsync();
        var customer = await Customer.CreateAsync(store);
        var ended = await customer.AnotherKeyAsync();
        await ended.DeleteKeyAsync();
        var stale = await new CredentialStore(store.Source).FindAsync(ended.KeyId, Cancellation);
        await store.ExecuteAsync($"update tenant set time_zone = 'Asia/Tokyo' where id = {customer.TenantId}");
        var living = await edge.AuthenticateAsync(customer.Secret);
        var month = living!.Route[^1].BoundsOf(PeriodKind.Month, cluster.Time.WallMs);

        var old = edge.Edge.MakeEndedKey(stale!, TenantCalendar.Utc);

        Assert.Same(living.Route[^1], old.Route[^1]);
        Assert.Equal(month, living.Route[^1].BoundsOf(PeriodKind.Month, cluster.Time.WallMs));
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task AnUnknownId_CostsOneQueryASecond()
    {
        await using var cluster = await TestCluster.StartAsync(store);
        var edge = await cluster.StartEdgeAsync();
        var customer = await Customer.CreateAsync(store);
        var late = await customer.AnotherKeyAsync();
        await store.ExecuteAsync($"delete from api_key where id = {late.KeyId}");
        cluster.Time.Stop();
        Assert.Null(await edge.AuthenticateAsync(late.Secret));

        await late.InsertKeyAsync();
        Assert.Null(await edge.AuthenticateAsync(late.Secret));
        cluster.Time.Resume();
        cluster.Time.Advance(1_000);
        Assert.NotNull(await edge.AuthenticateAsync(late.Secret));
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task UnknownIds_AreRememberedUpToABound()
    {
        const int UnknownMax = 10_000;
        await using var cluster = await TestCluster.StartAsync(store);
        var edge = await cluster.StartEdgeAsync();
        cluster.Time.Stop();

        await Parallel.ForEachAsync(
            Enumerable.Range(0, UnknownMax + 100),
            new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Cancellation },
            async (_, _) => Assert.Null(await edge.Keys.FindAsync(IdText.NewValue())));

        Assert.InRange(edge.Keys.Unknown, 1, 200);
        cluster.Time.Resume();
    }

    /// <summary>Lets another tenant change every moment, until disposed of.</summary>
    private sealed class OthersChanging : IAsyncDisposable
    {
        private readonly Task _changing;
        private volatile bool _stopped;

        public OthersChanging(TestEdge edge) => _changing = Task.Run(async () =>
        {
            while (!_stopped)
            {
                edge.Keys.RevokeTenant(1);
                await Task.Delay(1);
            }
        });

        public bool Stopped => _stopped;

        public async ValueTask DisposeAsync()
        {
            _stopped = true;
            await _changing;
        }
    }
}
