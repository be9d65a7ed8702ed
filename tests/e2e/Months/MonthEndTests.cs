using Sluice.EndToEnd.Scenes;
using Sluice.EndToEnd.Traffic;
using Sluice.TestSupport.Clocks;
using Xunit;

namespace Sluice.EndToEnd.Months;

/// <summary>The end of a month on a node whose clock is set to it; the database stays in the present.</summary>
public sealed class MonthEndTests
{
    private static readonly TimeSpan ProbeEvery = TimeSpan.FromMilliseconds(5);

    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(50);

    /// <summary>Instants before, between and after the clock changes in America and Europe.</summary>
    private static readonly DateTimeOffset[] Before =
        [At("2027-03-01T12:00:00Z"), At("2027-03-14T08:00:00Z"), At("2027-03-28T02:00:00Z")];

    [Theory]
    [Nodes(1)]
    [Nodes(3, Soak = true)]
    public async Task EachMonthEndsAtItsOwnMidnight_ThoughNoJobRuns_AndIsClosedToTheLastUnit_WhenOneDoes(int nodes)
    {
        using var clock = new NodeClock(Scene.Time, Before[0]);
        var settings = new Dictionary<string, string>(clock.Settings) { ["SLUICE_JOBS"] = "false" };
        await using var scene = await Scene.OpenAsync(new ScenePlan(nodes) { Keys = 1, Settings = settings });
        var customers = await CustomersAsync(scene, "Pacific/Auckland", "Europe/Paris", "America/New_York");

        foreach (var instant in Before)
        {
            clock.TurnTo(instant);
            foreach (var customer in customers)
                Assert.Equal(Verdict.Counted, (await SendAsync(scene, customer, 7)).Verdict);
        }

        foreach (var customer in customers.OrderBy(static c => c.MonthEnd))
            await PassMonthEndAsync(scene, clock, customer);

        clock.TurnTo(customers.Max(static c => c.MonthEnd) + TimeSpan.FromMinutes(1));
        scene.Cluster.Set("SLUICE_JOBS", "true");
        await scene.Cluster.KillAsync(scene.Cancellation);
        await scene.Cluster.StartAsync(scene.Cancellation);
        await AreClosedAsync(scene, customers);
    }

    [Theory]
    [Nodes(1, Soak = true)]
    [Nodes(3, Soak = true)]
    public async Task MonthsThatEndWhileJobsRun_AreClosedOnce_HoweverOftenTheNodeIsKilled(int nodes)
    {
        using var clock = new NodeClock(Scene.Time, Before[0]);
        await using var scene = await Scene.OpenAsync(new ScenePlan(nodes) { Keys = 1, Settings = clock.Settings });
        var customers = await CustomersAsync(scene, "Pacific/Auckland", "Europe/Paris", "America/New_York");
        foreach (var customer in customers.OrderBy(static c => c.MonthEnd))
        {
            await PassMonthEndAsync(scene, clock, customer);
            // In the middle of closing, or about to.
            await scene.Cluster.KillAsync(scene.Cancellation);
            await scene.Cluster.StartAsync(scene.Cancellation);
            await AreClosedAsync(scene, [customer]);
        }

        await scene.Cluster.KillAsync(scene.Cancellation);
        await scene.Cluster.StartAsync(scene.Cancellation);
        await AreClosedAsync(scene, customers);
    }

    private static async Task<IReadOnlyList<ZoneCustomer>> CustomersAsync(Scene scene, params string[] zones)
    {
        var customers = new List<ZoneCustomer>();
        foreach (var zone in zones)
            customers.Add(await ZoneCustomer.CreateAsync(scene.Calls, zone, scene.Cancellation));
        return customers;
    }

    /// <summary>
    /// Uses up the limit before the end of the month, and asks again and again for all of it: there is room from the
    /// first instant of the new month, and none before.
    /// </summary>
    private static async Task PassMonthEndAsync(Scene scene, NodeClock clock, ZoneCustomer customer)
    {
        clock.TurnTo(customer.MonthEnd - TimeSpan.FromMinutes(5));
        for (var tokens = ZoneCustomer.Limit; tokens > 0;)
        {
            if ((await SendAsync(scene, customer, tokens)).Verdict == Verdict.Refused)
                tokens /= 2;
        }

        clock.TurnTo(customer.MonthEnd - TimeSpan.FromSeconds(1));
        while (true)
        {
            var sent = clock.Now;
            var attempt = await SendAsync(scene, customer, ZoneCustomer.Limit);
            if (attempt.Verdict == Verdict.Counted)
            {
                Assert.True(clock.Now >= customer.MonthEnd, $"counted at {clock.Now:O}, before the end");
                break;
            }

            Assert.Equal(Verdict.Refused, attempt.Verdict);
            Assert.True(sent < customer.MonthEnd, $"refused at {sent:O}, after the end: {attempt}");
            await Task.Delay(ProbeEvery, Scene.Time, scene.Cancellation);
        }

        Assert.Equal(Verdict.Refused, (await SendAsync(scene, customer, 1)).Verdict);
    }

    private static async Task AreClosedAsync(Scene scene, IReadOnlyList<ZoneCustomer> customers)
    {
        var rows = new MonthRows(scene.Store.ConnectionString);
        foreach (var customer in customers)
        {
            // The threshold that fired in March is resolved; that of April is not.
            string[] thresholdEvents = ["202703 fired 1", "202703 resolved 1", "202704 fired 1"];
            IReadOnlyList<string> found = [];
            try
            {
                while (!thresholdEvents.SequenceEqual(found = await rows.ThresholdEventsAsync(
                           customer.TenantId, scene.Cancellation)))
                    await Task.Delay(PollEvery, Scene.Time, scene.Cancellation);
                while ((await customer.StatementsAsync(scene.Calls, scene.Cancellation)).Count == 0)
                    await Task.Delay(PollEvery, Scene.Time, scene.Cancellation);
            }
            catch (OperationCanceledException late)
            {
                throw new TimeoutException(
                    $"{customer.Key.Name} is not closed: {string.Join(", ", found)}\n{scene.Cluster.LastLines}", late);
            }

            Assert.Equal(
                await rows.LedgerAsync(customer.TenantId, scene.Cancellation),
                await customer.StatementsAsync(scene.Calls, scene.Cancellation));
        }
    }

    /// <summary>Sends again if nothing was decided, because the node has just been killed.</summary>
    private static async Task<Attempt> SendAsync(Scene scene, ZoneCustomer customer, long tokens)
    {
        using var caller = new Caller(scene.Target, Scene.Time);
        var call = new Call(CallKind.Consume, $"{Guid.NewGuid():N}", customer.Key, tokens);
        while (true)
        {
            var attempt = await caller.SendAsync(call, scene.Cancellation);
            if (attempt.Verdict is not (Verdict.NotCounted or Verdict.Unknown or Verdict.NotSent))
                return attempt;
            await Task.Delay(PollEvery, Scene.Time, scene.Cancellation);
        }
    }

    private static DateTimeOffset At(string text) =>
        DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
