using System.Net;
using Xunit;

namespace Sluice.Api.Tests.Jobs;

/// <summary>
/// Events of thresholds: each fires once a period, when usage rises to it, and is resolved when it is over.
/// </summary>
public abstract class ThresholdEventTests(NodeHost host)
{
    public sealed class OnOneNode(NodeHost host) : ThresholdEventTests(host), IClassFixture<NodeHost>;

    public sealed class OnThreeNodes(ThreeNodes host) : ThresholdEventTests(host), IClassFixture<ThreeNodes>;

    [Fact]
    public async Task EachThreshold_FiresOnce_WhenUsageRisesToIt()
    {
        var customer = await Customer.CreateAsync(host);
        await SetThresholdsAsync(customer, """{"text_tokens": {"warning": [10, 15], "blocked": 20}}""");
        await customer.UseAsync(9);
        Assert.Empty(await ToldAsync(customer, 0));

        await customer.UseAsync(2);
        Assert.Equal(["reached warning 10 at 11"], await ToldAsync(customer, 1));
        await customer.UseAsync(9);
        Assert.Equal(
            ["reached warning 10 at 11", "reached warning 15 at 20", "reached blocked 20 at 20"],
            await ToldAsync(customer, 3));
        for (var i = 0; i < 5; i++)
            (await customer.UseAsync(1)).Is(HttpStatusCode.TooManyRequests);
        await customer.Key.PostAsync("/v1/usage", new { mode = "record", metrics = new { text_tokens = 5 } });
        await customer.SeesUsedAsync(25, customer.TenantId);

        Assert.Equal(3, (await ToldAsync(customer, 3)).Count);
    }

    [Fact]
    public async Task ThresholdsSetBelowUsage_SayNothing_ButABlockedOneSpeaksAtItsFirstRefusal()
    {
        var customer = await Customer.CreateAsync(host);
        await customer.UseAsync(100);
        await SetThresholdsAsync(customer, """{"text_tokens": {"warning": [10, 50], "blocked": 60}}""");
        Assert.Empty(await ToldAsync(customer, 0));

        for (var i = 0; i < 3; i++)
            (await customer.UseAsync(7)).Is(HttpStatusCode.TooManyRequests);

        Assert.Equal(["refused blocked 60 at 100, asked 7"], await ToldAsync(customer, 1));
    }

    [Fact]
    public async Task ARefusalBeforeTheLimitIsReached_FiresIt_AndReachingItLaterDoesNot()
    {
        var customer = await Customer.CreateAsync(host);
        await customer.LimitKeyAsync("text_tokens", 20);
        await customer.UseAsync(15);

        (await customer.UseAsync(9)).Is(HttpStatusCode.TooManyRequests);
        Assert.Equal(["refused blocked 20 at 15, asked 9"], await ToldAsync(customer, 1));
        (await customer.UseAsync(5)).Is(HttpStatusCode.OK);
        await customer.SeesUsedAsync(20, customer.KeyId);

        Assert.Single(await ToldAsync(customer, 1));
    }

    [Fact]
    public async Task WarningsOfOneValue_AreToldOnce_AndThoseAboveTheLimitByUsageThatHasHappened()
    {
        var customer = await Customer.CreateAsync(host);
        (await host.Operator().PutAsync($"{customer.TenantPath}/keys/{customer.KeyId}/limits/text_tokens", new
        {
            blocked = 7,
            warnings = new[] { 80, 81, 100, 120 }.Select(static percent => new { percent }),
        })).Is(HttpStatusCode.OK);

        await customer.UseAsync(7);
        Assert.Equal(
            ["reached blocked 7 at 7", "reached warning 6 at 7", "reached warning 7 at 7"],
            (await ToldAsync(customer, 3)).Order());
        await customer.Key.PostAsync("/v1/usage", new { mode = "record", metrics = new { text_tokens = 2 } });

        Assert.Contains("reached warning 9 at 9", await ToldAsync(customer, 4));
    }

    [Fact]
    public async Task RaisingALimit_ResolvesIt_AndTheNewValueFiresInItsOwnRight()
    {
        var customer = await Customer.CreateAsync(host);
        await customer.LimitKeyAsync("text_tokens", 10);
        await customer.UseAsync(10);
        Assert.Equal(["reached blocked 10 at 10"], await ToldAsync(customer, 1));

        await customer.LimitKeyAsync("text_tokens", 20);
        Assert.Equal(["reached blocked 10 at 10", "resolved blocked 10 at 10"], await ToldAsync(customer, 2));
        await customer.UseAsync(10);

        Assert.Equal("reached blocked 20 at 20", (await ToldAsync(customer, 3))[^1]);
    }

    [Fact]
    public async Task ABoost_ResolvesWhatItRaises_AndFiresWhereItIsReached()
    {
        var customer = await Customer.CreateAsync(host);
        await customer.LimitKeyAsync("text_tokens", 10);
        await customer.UseAsync(10);
        await ToldAsync(customer, 1);

        (await host.Operator().PostAsync($"{customer.TenantPath}/boosts", new
        {
            scope = "key",
            scopeId = customer.KeyId,
            metric = "text_tokens",
            value = 15,
            until = host.Time.GetUtcNow().AddHours(1),
        })).Is(HttpStatusCode.Created);
        await customer.UseAsync(5);

        Assert.Equal(
            ["reached blocked 10 at 10", "resolved blocked 10 at 10", "reached blocked 15 at 15"],
            await ToldAsync(customer, 3));
    }

    [Fact]
    public async Task ARepeatOfLastMonthsEvent_FiresNothingInThisMonth()
    {
        var customer = await Customer.CreateAsync(host);
        await customer.LimitKeyAsync("text_tokens", 100);
        (await customer.UseAsync(60, "A")).Is(HttpStatusCode.OK);
        host.Time.Turn(TimeSpan.FromDays(31));
        (await customer.UseAsync(50, "B")).Is(HttpStatusCode.OK);

        var repeat = (await customer.UseAsync(60, "A")).Is(HttpStatusCode.OK);
        (await customer.UseAsync(70, "C")).Is(HttpStatusCode.TooManyRequests);

        Assert.True(repeat["duplicate"].GetBoolean());
        Assert.Equal(["refused blocked 100 at 50, asked 70"], await ToldAsync(customer, 1));
    }

    private static async Task SetThresholdsAsync(Customer customer, string metrics) =>
        (await customer.Operator.PutAsync(
            $"{customer.TenantPath}/usage-thresholds",
            $$"""{"metrics": {{metrics}}, "recipients": {"warning": ["ops@example.com"], "blocked": []} }"""))
        .Is(HttpStatusCode.OK);

    private Task<IReadOnlyList<string>> ToldAsync(Customer customer, int expected) =>
        host.ToldAsync(customer, expected);
}
