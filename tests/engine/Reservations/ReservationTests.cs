using Sluice.Engine.Authorities;
using Sluice.Engine.Clocks;
using Sluice.Engine.Customers;
using Sluice.Engine.Events;
using Sluice.Engine.Keys;
using Sluice.Engine.Nodes;
using Sluice.Engine.Usage;
using Sluice.Metering.Metrics;
using Xunit;

namespace Sluice.Engine.Reservations;

public sealed class ReservationTests(TestStore store) : IClassFixture<TestStore>
{
    private const int TimeoutMs = 60_000;

    [Fact(Timeout = TimeoutMs)]
    public async Task AHold_KeepsOthersOut_UntilItIsCommittedWithLess()
    {
        await using var cluster = await TestCluster.StartAsync(store);
        var (edge, customer) = await LimitedAsync(cluster, 100);

        var reserved = await edge.ReserveAsync(customer, 80, "r", ttlSeconds: 60);
        Assert.Equal((UsageVerdict.Allowed, TestClock.StartMs + 60_000), (reserved.Verdict, reserved.ExpiresAtMs));
        Assert.Equal(UsageVerdict.Refused, (await edge.UseAsync(customer, 21)).Verdict);
        Assert.Equal(0, await customer.LedgerTokensAsync());
        Assert.True((await edge.CommitAsync(customer, 30, "r")).Counted);

        Assert.True((await edge.UseAsync(customer, 70)).Counted);
        Assert.Equal(UsageVerdict.Refused, (await edge.UseAsync(customer, 1)).Verdict);
        Assert.Equal(100, await customer.LedgerTokensAsync());
        await edge.CloseAsync();
        Assert.Equal(100, await customer.AccountTokensAsync());
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task ACommitBeyondTheHold_IsCountedInFull()
    {
        await using var cluster = await TestCluster.StartAsync(store);
        var (edge, customer) = await LimitedAsync(cluster, 100);
        await edge.ReserveAsync(customer, 60, "r");

        Assert.True((await edge.CommitAsync(customer, 130, "r")).Counted);

        Assert.Equal(UsageVerdict.Refused, (await edge.UseAsync(customer, 1)).Verdict);
        Assert.Equal(130, await customer.LedgerTokensAsync());
        await edge.CloseAsync();
        Assert.Equal(130, await customer.AccountTokensAsync());
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task ACommitWithASecretThatWorked_IsNotCounted_OnceItsKeyIsRevoked_AndAGatewaysIs()
    {
        await using var cluster = await TestCluster.StartAsync(store);
        var edge = await cluster.StartEdgeAsync();
        var customer = await Customer.CreateAsync(store);
        await edge.ReserveAsync(customer, 5, "r");
        var key = await edge.AuthenticateAsync(customer.Secret);
        await customer.RegenerateAsync();
        await cluster.Directory.PropagateAsync(
            new NodeChange.Keys([customer.KeyId]), TestContext.Current.CancellationToken);

        Assert.Equal(UsageVerdict.KeyRevoked, (await CommitAsync(new SecretHolder(key!, SecretEnded: false))).Verdict);
        Assert.Equal(0, await customer.LedgerTokensAsync());
        Assert.True((await CommitAsync(new SecretHolder(key!, SecretEnded: false, ByGateway: true))).Counted);
        Assert.Equal(700, await customer.LedgerTokensAsync());

        async Task<Answer> CommitAsync(SecretHolder holder)
        {
            var content = new UsageContent { Id = "r" };
            content.Quantities.Add(new Quantity(MetricId.TextTokens, 700));
            return Answer.Take(
                (await edge.Meter.CommitAsync(holder, content, TestContext.Current.CancellationToken))!);
        }
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task AReleasedHold_IsFreeAgain_AndEndsCanBeRepeated()
    {
        await using var cluster = await TestCluster.StartAsync(store);
        var (edge, customer) = await LimitedAsync(cluster, 100);
        await edge.ReserveAsync(customer, 100, "r");

        Assert.Equal(UsageVerdict.Allowed, (await edge.ReleaseAsync(customer, "r")).Verdict);
        Assert.Equal(
            (UsageVerdict.Allowed, true),
            Summary(await edge.ReleaseAsync(customer, "r")));
        Assert.Equal(UsageVerdict.AlreadyReleased, (await edge.CommitAsync(customer, 5, "r")).Verdict);

        Assert.True((await edge.UseAsync(customer, 100)).Counted);
        Assert.Equal(100, await customer.LedgerTokensAsync());
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task ACommit_CanBeRepeated_WithTheSameAmountOnly()
    {
        await using var cluster = await TestCluster.StartAsync(store);
        var (edge, customer) = await LimitedAsync(cluster, 100);
        await edge.ReserveAsync(customer, 50, "r");
        Assert.True((await edge.CommitAsync(customer, 40, "r")).Counted);

        Assert.Equal((UsageVerdict.Allowed, true), Summary(await edge.CommitAsync(customer, 40, "r")));
        Assert.Equal(UsageVerdict.IdConflict, (await edge.CommitAsync(customer, 41, "r")).Verdict);
        Assert.Equal(UsageVerdict.AlreadyCommitted, (await edge.ReleaseAsync(customer, "r")).Verdict);

        Assert.True((await edge.UseAsync(customer, 60)).Counted);
        Assert.Equal(100, await customer.LedgerTokensAsync());
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task AReservationCanBeRepeated_AndIsHeldOnce()
    {
        await using var cluster = await TestCluster.StartAsync(store);
        var (edge, customer) = await LimitedAsync(cluster, 100);
        var first = await edge.ReserveAsync(customer, 60, "r", ttlSeconds: 60);
        cluster.Time.WallMs += 5_000;

        var again = await edge.ReserveAsync(customer, 60, "r", ttlSeconds: 60);

        Assert.Equal((UsageVerdict.Allowed, true), Summary(again));
        Assert.Equal(first.ExpiresAtMs, again.ExpiresAtMs);
        Assert.True((await edge.UseAsync(customer, 40)).Counted);
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task AnExpiredHold_ReturnsByItself_AndALateCommitIsRecorded()
    {
        await using var cluster = await TestCluster.StartAsync(store);
        var (edge, customer) = await LimitedAsync(cluster, 100);
        await edge.ReserveAsync(customer, 100, "r", ttlSeconds: 60);
        cluster.Time.WallMs += 59_999;
        Assert.Equal(UsageVerdict.Refused, (await edge.UseAsync(customer, 1)).Verdict);

        cluster.Time.WallMs += 1;
        await Until.TrueAsync(() => edge.Edge.Counts.Reservations == 0);
        Assert.True((await edge.UseAsync(customer, 100)).Counted);

        Assert.True((await edge.CommitAsync(customer, 30, "r")).Counted);
        Assert.Equal((UsageVerdict.Allowed, true), Summary(await edge.CommitAsync(customer, 30, "r")));
        Assert.Equal(130, await customer.LedgerTokensAsync());
        await edge.CloseAsync();
        Assert.Equal(130, await customer.AccountTokensAsync());
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task AReservationOfAnotherNode_CanBeCommittedHere_AndTheRestOfItsHoldIsFreeAtOnce()
    {
        await using var cluster = await TestCluster.StartAsync(store);
        var (edge, customer) = await LimitedAsync(cluster, 100);
        var other = await cluster.StartEdgeAsync();
        await edge.ReserveAsync(customer, 50, "r", ttlSeconds: 60);

        Assert.True((await other.CommitAsync(customer, 20, "r")).Counted);

        Assert.Equal(0, edge.Edge.Counts.Reservations);
        Assert.Equal((UsageVerdict.Allowed, true), Summary(await edge.CommitAsync(customer, 20, "r")));
        Assert.Equal(20, await customer.LedgerTokensAsync());
        Assert.True((await edge.UseAsync(customer, 80)).Counted);
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task CommitAndReleaseAtOnce_EndItOnce()
    {
        await using var cluster = await TestCluster.StartAsync(store);
        var (edge, customer) = await LimitedAsync(cluster, 1_000);
        var committed = 0;
        for (var i = 0; i < 30; i++)
        {
            var id = $"r{i}";
            await edge.ReserveAsync(customer, 10, id);
            var commit = Task.Run(() => edge.CommitAsync(customer, 10, id));
            var release = Task.Run(() => edge.ReleaseAsync(customer, id));
            var (c, r) = (await commit, await release);

            Assert.True(
                (c.Counted && r.Verdict == UsageVerdict.AlreadyCommitted)
                || (c.Verdict == UsageVerdict.AlreadyReleased && r.Counted),
                $"{c.Verdict} and {r.Verdict}");
            committed += c.Counted ? 1 : 0;
        }

        Assert.Equal(10 * committed, await customer.LedgerTokensAsync());
        Assert.Equal(0, edge.Edge.Counts.Reservations);
        Assert.True((await edge.UseAsync(customer, 1_000 - (10 * committed))).Counted);
        await edge.CloseAsync();
        Assert.Equal(1_000, await customer.AccountTokensAsync());
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task ManyCommitsOfOneReservationAtOnce_CountOnce()
    {
        await using var cluster = await TestCluster.StartAsync(store);
        var (edge, customer) = await LimitedAsync(cluster, 100);
        var other = await cluster.StartEdgeAsync();
        await edge.ReserveAsync(customer, 50, "r");

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(
            i => Task.Run(() => (i % 2 == 0 ? edge : other).CommitAsync(customer, 50, "r"))));

        Assert.Equal(1, answers.Count(a => a.Counted));
        Assert.Equal(19, answers.Count(a => a is { Verdict: UsageVerdict.Allowed, Duplicate: true }));
        Assert.Equal(50, await customer.LedgerTokensAsync());
        Assert.True((await edge.UseAsync(customer, 50)).Counted);
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task WhatWasNeverReserved_CanNeitherBeCommittedNorReleased_NorByAnotherKey()
    {
        await using var cluster = await TestCluster.StartAsync(store);
        var (edge, customer) = await LimitedAsync(cluster, 100);
        await edge.ReserveAsync(customer, 50, "r");
        var other = await customer.AnotherKeyAsync();

        Assert.Equal(UsageVerdict.NoSuchReservation, (await edge.CommitAsync(customer, 1, "nothing")).Verdict);
        Assert.Equal(UsageVerdict.NoSuchReservation, (await edge.ReleaseAsync(customer, "nothing")).Verdict);
        Assert.Equal(UsageVerdict.NoSuchReservation, (await edge.CommitAsync(other, 1, "r")).Verdict);
        Assert.Equal(UsageVerdict.NoSuchReservation, (await edge.ReleaseAsync(other, "r")).Verdict);
    }

    private static async Task<(TestEdge Edge, Customer Customer)> LimitedAsync(TestCluster cluster, long tokens)
    {
        var customer = await Customer.CreateAsync(cluster.Store);
        await customer.LimitTokensAsync(tokens);
        return (await cluster.StartEdgeAsync(), customer);
    }

    private static (UsageVerdict Verdict, bool Duplicate) Summary(Answer answer) => (answer.Verdict, answer.Duplicate);
}
