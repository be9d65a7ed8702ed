using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Sluice.Api.Jobs;
using Xunit;

namespace Sluice.Api.Tests.Jobs;

/// <summary>
/// The end of a month: a period begins by itself on every node, and a job closes the old one. Each test has a month of
/// its own on the host, so they move through time one after the other.
/// </summary>
public abstract class CloseTests(NodeHost host)
{
    public sealed class OnOneNode(NodeHost host) : CloseTests(host), IClassFixture<NodeHost>;

    public sealed class OnThreeNodes(ThreeNodes host) : CloseTests(host), IClassFixture<ThreeNodes>;

    private const string Prices =
        """[{"model": "*", "metric": "text_tokens", "per": 1000, "amount": 2, "credits": 1}]""";

    [Fact]
    public async Task AtTheFirstInstantOfAMonth_CountersAreAtZero_InEveryZone_ThoughNoJobRuns()
    {
        string[] zones = ["Asia/Tokyo", "Europe/Paris", "America/New_York"];
        var customers = new List<Customer>();
        foreach (var zone in zones)
        {
            var customer = await Customer.CreateAsync(host, timeZone: zone);
            await customer.LimitKeyAsync("text_tokens", 10);
            customers.Add(customer);
        }

        var start = NextMonth();
        foreach (var (customer, zone) in customers.Zip(zones))
        {
            var midnight = new DateTimeOffset(start, TimeZoneInfo.FindSystemTimeZoneById(zone).GetUtcOffset(start));
            host.Time.TurnTo(midnight.AddSeconds(-30));
            (await customer.UseAsync(10)).Is(HttpStatusCode.OK);
            var refused = (await customer.UseAsync(1)).Is(HttpStatusCode.TooManyRequests);
            Assert.Equal(midnight, refused["limit"].GetProperty("resetsAt").GetDateTimeOffset());

            host.Time.TurnTo(midnight);
            (await customer.UseAsync(4)).Is(HttpStatusCode.OK);
            (await customer.UseAsync(7)).Is(HttpStatusCode.TooManyRequests);
            (await customer.UseAsync(6)).Is(HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task TheStatementOfAMonth_AddsUpToTheLedger_ToTheLastUnit()
    {
        await host.Operator().PriceAsync("CHF", Prices);
        var customer = await Customer.CreateAsync(host, "CHF", "Europe/Zurich");
        var other = await customer.AnotherProjectAsync();
        var end = EndOfMonth("Europe/Zurich");
        host.Time.TurnTo(end.AddMinutes(-1));
        for (var i = 1; i <= 7; i++)
        {
            await customer.Key.PostAsync("/v1/usage", new { model = "m1", metrics = new { text_tokens = 1_111 * i } });
            await other.Key.PostAsync("/v1/usage", new { metrics = new { text_tokens = 3 } });
        }

        await customer.SeesInLedgerAsync((1_111 * 28) + 21);
        await host.RunAsync("close-periods");
        Assert.Empty(await StatementsAsync(customer));

        host.Time.TurnTo(end.AddSeconds(3));
        (await customer.UseAsync(500)).Is(HttpStatusCode.OK);
        Assert.True(await host.CloseAsync(async () => (await StatementsAsync(customer)).Count > 0));

        var statement = Assert.Single(await StatementsAsync(customer));
        var period = end.AddDays(-2).ToString("yyyy-MM");
        Assert.Equal(period, statement.GetProperty("period").GetString());
        Assert.Equal(
            await LedgerAsync(customer, end.AddDays(-2).Year * 100 + end.AddDays(-2).Month),
            Totals(statement));
        var detail = (await customer.Operator.GetAsync($"{customer.TenantPath}/statements/{period}"))
            .Is(HttpStatusCode.OK);
        Assert.Equal(Totals(statement), Totals(detail.Json));
        Assert.Equal(
            Totals(statement),
            SumOf(detail["projects"].EnumerateArray().Concat(detail["personalKeys"].EnumerateArray())
                .Concat(detail["seats"].EnumerateArray())));
        Assert.Equal(Totals(statement), SumOf(detail["models"].EnumerateArray()));
        Assert.Equal(2, detail["projects"].GetArrayLength());

        var csv = (await customer.Operator.GetAsync($"{customer.TenantPath}/statements/{period}", "text/csv")).Text
            .Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("period,usagePeriod,holder,", csv[0], StringComparison.Ordinal);
        Assert.Equal(
            (1_111 * 28) + 21,
            csv.Where(static line => line.Contains(",text_tokens,", StringComparison.Ordinal))
                .Sum(static line => long.Parse(line.Split(',')[10])));

        (await customer.Operator.DeleteAsync(customer.TenantPath)).Is(HttpStatusCode.NoContent);
        Assert.Single(await StatementsAsync(customer));
    }

    [Theory]
    [InlineData("reservation")]
    [InlineData("release")]
    [InlineData("refusal")]
    public async Task AQuietNode_WhoseLastBatchHadNoUsage_HoldsUpNoStatement(string last)
    {
        var customer = await Customer.CreateAsync(host, timeZone: "Pacific/Auckland");
        await customer.LimitKeyAsync("text_tokens", 100);
        var end = EndOfMonth("Pacific/Auckland");
        host.Time.TurnTo(end.AddMinutes(-1));
        (await customer.UseAsync(60)).Is(HttpStatusCode.OK);
        await customer.SeesInLedgerAsync(60);

        if (last == "refusal")
        {
            (await customer.UseAsync(70, "too much")).Is(HttpStatusCode.TooManyRequests);
        }
        else
        {
            (await customer.Key.PostAsync("/v1/reservations", """{"id": "r", "metrics": {"text_tokens": 5}}"""))
                .Is(HttpStatusCode.Created);
            if (last == "release")
                (await customer.Key.DeleteAsync("/v1/reservations/r")).Is(HttpStatusCode.NoContent);
        }

        host.Time.TurnTo(end.AddSeconds(3));
        Assert.True(await host.CloseAsync(async () => (await StatementsAsync(customer)).Count > 0));
        Assert.Equal(60, Total((await StatementsAsync(customer))[0].GetProperty("totals"), "text_tokens"));
    }

    [Fact]
    public async Task WhatIsFoundTooLate_StandsInTheNextStatement_AndNoStatementEverChanges()
    {
        var customer = await Customer.CreateAsync(host, timeZone: "Australia/Sydney");
        var end = EndOfMonth("Australia/Sydney");
        host.Time.TurnTo(end.AddMinutes(-1));
        (await customer.UseAsync(100)).Is(HttpStatusCode.OK);
        await customer.SeesInLedgerAsync(100);
        host.Time.TurnTo(end.AddSeconds(3));
        Assert.True(await host.CloseAsync(async () => (await StatementsAsync(customer)).Count > 0));

        // As if a node had been cut off from the store over the end of the month, with an answer from memory still to
        // write.
        foreach (var sums in (string[])["usage_rollup", "usage_day", "usage_month"])
        {
            await host.QueryAsync<int>(
                $"""
                 update {sums} set value = value + 11
                 where tenant_id = $1 and metric = (select id from metric where name = 'text_tokens')
                 """,
                Scene.IdOf(customer.TenantId));
        }

        Assert.Equal(0, await host.RunAsync("close-periods"));
        var running = await customer.Operator.GetAsync(
            $"{customer.TenantPath}/statements/{EndOfMonth("Australia/Sydney").AddDays(-1):yyyy-MM}?compare=previous");
        Assert.Equal(11, Total(running["totals"], "text_tokens"));
        Assert.Equal(100, Total(running["previous"], "text_tokens"));
        foreach (var list in (string[])["projects", "models", "adjustments"])
        {
            var late = Assert.Single(running[list].EnumerateArray());
            Assert.Equal(11, Total(late.GetProperty("totals"), "text_tokens"));
        }

        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => host.QueryAsync<int>(
            "update statement_line set value = 0 where tenant_id = $1", Scene.IdOf(customer.TenantId)));

        var next = EndOfMonth("Australia/Sydney");
        host.Time.TurnTo(next.AddMinutes(-1));
        (await customer.UseAsync(5)).Is(HttpStatusCode.OK);
        await customer.SeesInLedgerAsync(116);
        host.Time.TurnTo(next.AddSeconds(3));
        Assert.True(await host.CloseAsync(async () => (await StatementsAsync(customer)).Count > 1));

        var statements = await StatementsAsync(customer);
        Assert.Equal(
            [16, 100],
            statements.Select(static s => Total(s.GetProperty("totals"), "text_tokens")));
        var detail = await customer.Operator.GetAsync(
            $"{customer.TenantPath}/statements/{statements[0].GetProperty("period").GetString()}");
        var adjustment = Assert.Single(detail["adjustments"].EnumerateArray());
        Assert.Equal(statements[1].GetProperty("period").GetString(), adjustment.GetProperty("period").GetString());
        Assert.Equal(11, Total(adjustment.GetProperty("totals"), "text_tokens"));
    }

    [Fact]
    public async Task WhatHadFired_IsResolvedOnce_WhenItsPeriodIsOver_HoweverManyNodesCloseIt()
    {
        var customer = await Customer.CreateAsync(host, timeZone: "Asia/Kathmandu");
        await customer.LimitKeyAsync("text_tokens", 10);
        await customer.LimitKeyAsync("requests", 2, "day");
        await customer.UseAsync(10);
        await customer.UseAsync(0);
        Assert.Equal(2, await Eventually.IsAsync(() => ThresholdEventsAsync(customer, "kind < 2"), 2));

        host.Time.TurnTo(EndOfMonth("Asia/Kathmandu").AddSeconds(1));
        await CloseOnNodesAsync(4);

        Assert.Equal(2, await ThresholdEventsAsync(customer, "kind = 2"));
        await host.RunAsync("close-periods");
        Assert.Equal(2, await ThresholdEventsAsync(customer, "kind = 2"));
        (await customer.UseAsync(10)).Is(HttpStatusCode.OK);
        Assert.Equal(3, await Eventually.IsAsync(() => ThresholdEventsAsync(customer, "kind < 2"), 3));
    }

    [Fact]
    public async Task MonthsThatNoNodeSawTheEndOf_AreClosedOneByOne()
    {
        var customer = await Customer.CreateAsync(host, timeZone: "America/Bogota");
        (await customer.UseAsync(100)).Is(HttpStatusCode.OK);
        await customer.SeesInLedgerAsync(100);
        host.Time.TurnTo(EndOfMonth("America/Bogota").AddDays(70));

        Assert.True(await host.CloseAsync(async () => (await StatementsAsync(customer)).Count > 0));

        var statements = await StatementsAsync(customer);
        Assert.Equal(3, statements.Count);
        Assert.Equal([0, 0, 1], statements.Select(static s => s.GetProperty("totals").GetArrayLength() > 0 ? 1 : 0));
    }

    [Fact]
    public async Task NodesThatCloseTheSameMonths_WriteOneStatementEach_AndNoneFails()
    {
        var customers = new List<Customer>();
        for (var i = 0; i < 5; i++)
            customers.Add(await Customer.CreateAsync(host, timeZone: "Pacific/Auckland"));
        host.Time.TurnTo(EndOfMonth("Pacific/Auckland").AddDays(70));

        Assert.True(await Eventually.IsAsync(
            async () =>
            {
                await CloseOnNodesAsync(4);
                return (await StatementsAsync(customers[^1])).Count > 0;
            },
            true));

        foreach (var customer in customers)
            Assert.Equal(3, (await StatementsAsync(customer)).Count);
    }

    /// <summary>
    /// Runs the job on several nodes at once, as if the lock that reserves it for one node had been lost.
    /// </summary>
    private Task CloseOnNodesAsync(int count) => Task.WhenAll(Enumerable.Range(0, count).Select(_ =>
        ActivatorUtilities.CreateInstance<CloseJob>(host.Services).RunAsync(CancellationToken.None)));

    private Task<long> ThresholdEventsAsync(Customer customer, string which) => host.QueryAsync<long>(
        $"select count(*) from transition where {which} and tenant_id = $1", Scene.IdOf(customer.TenantId));

    /// <summary>Lists the closed months.</summary>
    private static async Task<IReadOnlyList<JsonElement>> StatementsAsync(Customer customer) =>
        [.. (await customer.Operator.GetAsync($"{customer.TenantPath}/statements")).Is(HttpStatusCode.OK)["items"]
            .EnumerateArray().Where(static s => s.GetProperty("state").GetString() == "closed")];

    /// <summary>Returns the ledger's usage of a month, by metric.</summary>
    private async Task<string> LedgerAsync(Customer customer, int month) => (await host.QueryLedgerAsync<string>(
        """
        select string_agg(name || ' ' || trim_scale(units / power(10::numeric, decimals)), ', ' order by name)
        from (
          select m.name, m.decimals, sum(c.units) as units
          from ledger l
          cross join lateral unnest(l.metrics, l.units) as c(metric, units)
          join metric m on m.id = c.metric
          where l.tenant_id = $1 and l.month = $2 and l.kind in (0, 1, 3) and c.units > 0
          group by m.name, m.decimals) s
        """,
        Scene.IdOf(customer.TenantId),
        month))!;

    private static string Totals(JsonElement statement) => SumOf([statement]);

    private static string SumOf(IEnumerable<JsonElement> parts) => string.Join(
        ", ",
        parts.SelectMany(static part => part.GetProperty("totals").EnumerateArray())
            .GroupBy(static total => total.GetProperty("metric").GetString()!)
            .OrderBy(static group => group.Key, StringComparer.Ordinal)
            .Select(static group =>
                $"{group.Key} {group.Sum(static t => t.GetProperty("value").GetDecimal()):0.######}"));

    private static decimal Total(JsonElement totals, string metric) => totals.EnumerateArray()
        .Single(total => total.GetProperty("metric").GetString() == metric).GetProperty("value").GetDecimal();

    private DateTime NextMonth()
    {
        var now = host.Time.GetUtcNow().AddDays(1);
        return new DateTime(now.Year, now.Month, 1).AddMonths(1);
    }

    /// <summary>Returns the first instant after the current month in a zone.</summary>
    private DateTimeOffset EndOfMonth(string zone)
    {
        var there = TimeZoneInfo.FindSystemTimeZoneById(zone);
        var now = TimeZoneInfo.ConvertTime(host.Time.GetUtcNow(), there);
        var next = new DateTime(now.Year, now.Month, 1).AddMonths(1);
        return new DateTimeOffset(next, there.GetUtcOffset(next));
    }
}
