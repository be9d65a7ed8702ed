using System.Net;
using Xunit;

namespace Sluice.Api.Tests.Management.Usage;

/// <summary>Usage over time, for charts.</summary>
public sealed class UsageTrendTests(NodeHost host) : IClassFixture<NodeHost>
{
    [Fact]
    public async Task EverySpan_IsFilledWithoutGaps_AndComparedWithTheOneBefore()
    {
        var customer = await Customer.CreateAsync(host);
        var now = host.Time.GetUtcNow();
        foreach (var (ago, tokens) in new[]
        {
            (TimeSpan.Zero, 1), (TimeSpan.FromHours(2), 10), (TimeSpan.FromHours(30), 100),
            (TimeSpan.FromDays(3), 1_000), (TimeSpan.FromDays(10), 10_000),
        })
        {
            var usage = new { at = now - ago, metrics = new { text_tokens = tokens } };
            (await customer.Key.PostAsync("/v1/usage", usage)).Is(HttpStatusCode.OK);
        }

        await customer.SeesInLedgerAsync(11_111);
        var (day, week, month) = (
            await TrendAsync(customer, "days=1&metric=text_tokens"),
            await TrendAsync(customer, "metric=text_tokens"),
            await TrendAsync(customer, "days=30&metric=text_tokens"));

        Assert.Equal((24, 11, 100), Summary(day));
        Assert.Equal((7, 1_111, 10_000), Summary(week));
        Assert.Equal((30, 11_111, 0), Summary(month));
        Assert.Equal([10, 0, 1], ValuesOf(day)[^3..]);
        Assert.Equal([0, 0, 0, 1_000, 0, 100, 11], ValuesOf(week));
        foreach (var trend in new[] { day, week, month })
        {
            var items = trend.Items();
            for (var i = 1; i < items.Count; i++)
                Assert.Equal(items[i - 1].GetProperty("end").GetString(), items[i].GetProperty("start").GetString());
            Assert.InRange(
                now,
                items[^1].GetProperty("start").GetDateTimeOffset(),
                items[^1].GetProperty("end").GetDateTimeOffset());
            Assert.All(items, static item => Assert.Equal("text_tokens", item.GetProperty("metric").GetString()));
        }

        // Midnight in Tokyo.
        Assert.Equal(15, week.Items()[0].GetProperty("start").GetDateTimeOffset().UtcDateTime.Hour);
    }

    [Fact]
    public async Task WhatIsNotAsked_IsTheMoneyOfAWeek_AndWhatCantBeAskedIsToldAtOnce()
    {
        var customer = await Customer.CreateAsync(host);

        var trend = await TrendAsync(customer, "");
        Assert.Equal((7, 0, 0), Summary(trend));
        Assert.Equal("amount", trend.Items()[0].GetProperty("metric").GetString());
        foreach (var days in new[] { "0", "2", "-1", "x", "31", "1.0", "99999999999" })
            (await customer.Operator.GetAsync($"{customer.TenantPath}/usage/trend?days={days}"))
                .BreaksRules("days: one-of");
        (await customer.Operator.GetAsync($"{customer.TenantPath}/usage/trend?days=8&metric=x&project=x"))
            .BreaksRules("days: one-of", "metric: metric-unknown", "project: id-form");
    }

    [Fact]
    public async Task APlainMember_SeesItsProjectsAndItsOwnKeys()
    {
        var owner = await Person.OwnerAsync(host);
        var member = await owner.HireAsync(host);
        var own = await owner.OpenProjectAsync(host);
        var other = await owner.OpenProjectAsync(host);
        await member.PutIntoAsync(host, own.Project);
        var personal = (await member.TakeKeyAsync()).String("secret");
        foreach (var (secret, tokens) in new[] { (own.Secret, 1), (other.Secret, 10), (personal, 100) })
            (await host.SpendAsync(secret, tokens)).Is(HttpStatusCode.OK);

        Assert.Equal(111, await Eventually.IsAsync(() => TotalAsync(owner, ""), 111));
        Assert.Equal(101, await TotalAsync(member, ""));
        Assert.Equal(1, await TotalAsync(member, $"&project={own.Project}"));
        Assert.Equal(10, await TotalAsync(owner, $"&project={other.Project}"));
        (await member.Api.GetAsync($"{owner.TenantPath}/usage/trend?project={other.Project}"))
            .IsProblem(HttpStatusCode.NotFound, "not-found");
    }

    private static async Task<int> TotalAsync(Person person, string query) => (await person.Api.GetAsync(
        $"{person.TenantPath}/usage/trend?days=1&metric=text_tokens{query}")).Is(HttpStatusCode.OK)["total"].GetInt32();

    private static async Task<Answer> TrendAsync(Customer customer, string query) =>
        (await customer.Operator.GetAsync($"{customer.TenantPath}/usage/trend?{query}")).Is(HttpStatusCode.OK);

    private static (int Items, int Total, int Previous) Summary(Answer trend) =>
        (trend.Items().Count, trend["total"].GetInt32(), trend["previousTotal"].GetInt32());

    private static List<int> ValuesOf(Answer trend) =>
        [.. trend.Items().Select(static item => item.GetProperty("value").GetInt32())];
}
