using Sluice.Engine.Customers;
using Sluice.Engine.Events;
using Sluice.Engine.Nodes;
using Xunit;

namespace Sluice.Engine.Reservations;

/// <summary>Holds that are prolonged at the edge that has them, and at another.</summary>
public sealed class ProlongationTests(TestStore store) : IClassFixture<TestStore>
{
    private const int TimeoutMs = 60_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = TimeoutMs)]
    public async Task AHoldThatAnotherEdgeProlongs_IsKept_UntilTheNewTime()
    {
        await using var cluster = await TestCluster.StartAsync(store);
        var holder = await cluster.StartEdgeAsync();
        var customer = await HoldingAllAsync(holder);
        var other = await cluster.StartEdgeAsync();
        cluster.Time.WallMs += 30_000;

        Assert.Equal(UsageVerdict.Allowed, await ProlongAsync(other, customer, 60));
        Assert.Equal(UsageVerdict.Allowed, await ProlongAsync(other, customer, 120));
        cluster.Time.WallMs += 60_000;
        await Task.Delay(1_500, Cancellation);
        Assert.Equal(UsageVerdict.Refused, (await holder.UseAsync(customer, 1)).Verdict);
        Assert.Equal(1, holder.Edge.Counts.Reservations);

        cluster.Time.WallMs += 61_000;
        while (holder.Edge.Counts.Reservations > 0)
        {
            await Task.Delay(50, Cancellation);
            cluster.Time.WallMs += 1_000;
        }

        Assert.True((await holder.UseAsync(customer, 100)).Counted);
        Assert.Equal(UsageVerdict.Expired, await ProlongAsync(other, customer, 60));
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task InItsLastSeconds_AHoldIsProlonged_OnlyWhereItIs()
    {
        await using var cluster = await TestCluster.StartAsync(store);
        var holder = await cluster.StartEdgeAsync();
        var customer = await HoldingAllAsync(holder);
        var other = await cluster.StartEdgeAsync();
        cluster.Time.WallMs += 57_000;

        Assert.Equal(UsageVerdict.Unavailable, await ProlongAsync(other, customer, 60));
        Assert.Equal(UsageVerdict.Allowed, await ProlongAsync(holder, customer, 60));
        cluster.Time.WallMs += 30_000;
        await Task.Delay(1_500, Cancellation);
        Assert.Equal(1, holder.Edge.Counts.Reservations);
    }

    [Fact(Timeout = TimeoutMs)]
    public async Task ManyAtOnce_LeaveNothingInFlight_AndTheBookKnowsTheirNumber()
    {
        await using var cluster = await TestCluster.StartAsync(store);
        var holder = await cluster.StartEdgeAsync();
        var customer = await HoldingAllAsync(holder);

        // Those that lose the race for a number are undone, and try the next one.
        var verdicts = await Task.WhenAll(Enumerable.Range(1, 4).Select(
            i => Task.Run(() => ProlongAsync(holder, customer, 60 + (100 * i)))));
        Assert.All(verdicts, static verdict => Assert.Equal(UsageVerdict.Allowed, verdict));
        var key = await holder.AuthenticateAsync(customer.Secret);
        Assert.All(key!.Route, static scope => Assert.Equal(0, scope.InFlightNow));

        Assert.Equal(UsageVerdict.Allowed, await ProlongAsync(holder, customer, 600));
        cluster.Time.WallMs += 500_000;
        await Task.Delay(1_500, Cancellation);
        Assert.Equal(UsageVerdict.Refused, (await holder.UseAsync(customer, 1)).Verdict);
        await holder.DisposeAsync();
        Assert.Equal(0, await customer.AccountTokensAsync());
    }

    /// <summary>Creates a customer whose 100 tokens are held for a minute by the reservation <c>r</c>.</summary>
    private async Task<Customer> HoldingAllAsync(TestEdge edge)
    {
        var customer = await Customer.CreateAsync(store);
        await customer.LimitTokensAsync(100);
        Assert.Equal(UsageVerdict.Allowed, (await edge.ReserveAsync(customer, 100, "r", ttlSeconds: 60)).Verdict);
        return customer;
    }

    private static async Task<UsageVerdict> ProlongAsync(TestEdge edge, Customer customer, int ttlSeconds)
    {
        var key = await edge.AuthenticateAsync(customer.Secret);
        return Answer.Take(await edge.Meter.ProlongAsync(key!, "r", ttlSeconds, Cancellation)).Verdict;
    }
}
