using System.Net;
using Xunit;

namespace Sluice.Api.Tests.DataPlane;

/// <summary>A limit is in force when the call that sets it returns.</summary>
public abstract class LimitChangeTests(NodeHost host)
{
    [Collection<DataPlaneNode>]
    public sealed class OnOneNode(NodeHost host) : LimitChangeTests(host);

    [Collection<SharedCluster>]
    public sealed class OnThreeNodes(ThreeNodes host) : LimitChangeTests(host);

    [Fact]
    public async Task Setting_TheFirstLimitInMidPeriod_CountsWhatWasUsedBefore()
    {
        var customer = await Customer.CreateAsync(host);
        (await customer.UseAsync(30)).Is(HttpStatusCode.OK);

        await customer.LimitKeyAsync("text_tokens", 40);

        (await customer.UseAsync(11)).Is(HttpStatusCode.TooManyRequests);
        (await customer.UseAsync(10)).Is(HttpStatusCode.OK);
        (await customer.UseAsync(1)).Is(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task LoweringBelowTheUsage_RefusesFromTheNextRequest_AndLeavesTheUsageAlone()
    {
        var customer = await Customer.CreateAsync(host);
        await customer.LimitKeyAsync("text_tokens", 100);
        (await customer.UseAsync(60)).Is(HttpStatusCode.OK);

        await customer.LimitKeyAsync("text_tokens", 50);

        var refused = (await customer.UseAsync(1)).Is(HttpStatusCode.TooManyRequests);
        Assert.Equal(60, refused["limit"].GetProperty("used").GetInt32());
        Assert.Equal(50, refused["limit"].GetProperty("limit").GetInt32());
        await customer.SeesUsedAsync(60, customer.KeyId);
    }

    [Fact]
    public async Task Raising_LetsThroughAtOnce()
    {
        var customer = await Customer.CreateAsync(host);
        await customer.LimitKeyAsync("text_tokens", 10);
        (await customer.UseAsync(10)).Is(HttpStatusCode.OK);
        (await customer.UseAsync(5)).Is(HttpStatusCode.TooManyRequests);

        await customer.LimitKeyAsync("text_tokens", 15);

        (await customer.UseAsync(5)).Is(HttpStatusCode.OK);
        (await customer.UseAsync(1)).Is(HttpStatusCode.TooManyRequests);
    }

    [Theory]
    [InlineData("day")]
    [InlineData("month")]
    [InlineData("total")]
    public async Task Removing_LetsEverythingThrough_AndSettingItAgainKnowsAllThatWasUsed(string period)
    {
        var customer = await Customer.CreateAsync(host);
        await customer.LimitKeyAsync("text_tokens", 10, period);
        await customer.UseAsync(10);

        await customer.LimitKeyAsync("text_tokens", null, period);
        (await customer.UseAsync(90)).Is(HttpStatusCode.OK);
        await customer.LimitKeyAsync("text_tokens", 101, period);

        (await customer.UseAsync(2)).Is(HttpStatusCode.TooManyRequests);
        (await customer.UseAsync(1)).Is(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("quota")]
    [InlineData("tenant")]
    [InlineData("project")]
    [InlineData("threshold")]
    public async Task EveryKindOfLimit_IsInForceWhenItsPutReturns(string kind)
    {
        await host.Operator().PriceAsync("EUR", """[{"model": "*", "metric": "text_tokens", "per": 1, "amount": 1}]""");
        var customer = await Customer.CreateAsync(host, "EUR");
        var used = 0;

        // Lowered below the usage too: then nothing passes until the limit is raised above it.
        foreach (var value in (int[])[5, 9, 6, 12])
        {
            await SetAsync(customer, kind, value);
            while ((await customer.UseAsync(1)).Status == HttpStatusCode.OK)
                used++;
            Assert.Equal(value == 6 ? 9 : value, used);
        }

        await customer.SeesInLedgerAsync(12);
    }

    [Fact]
    public async Task ALimitThatIsMovedUnderTraffic_IsNeverPassed()
    {
        var customer = await Customer.CreateAsync(host);
        await customer.LimitKeyAsync("text_tokens", 100);
        var admitted = 0;
        using var stop = new CancellationTokenSource();
        var clients = Enumerable.Range(0, 8).Select(_ => UseAsync()).ToList();

        foreach (var value in (int[])[150, 120, 300, 200, 250, 400])
        {
            await customer.LimitKeyAsync("text_tokens", value);
            // All of it was admitted under this limit or an earlier one; the highest was 400.
            Assert.InRange(Volatile.Read(ref admitted), 0, 400);
        }

        await Eventually.IsAsync(() => Task.FromResult(Volatile.Read(ref admitted)), 400);
        await stop.CancelAsync();
        await Task.WhenAll(clients);
        Assert.Equal(400, admitted);
        await customer.SeesInLedgerAsync(400);

        async Task UseAsync()
        {
            while (!stop.IsCancellationRequested)
            {
                if ((await customer.UseAsync(1)).Status == HttpStatusCode.OK)
                    Interlocked.Increment(ref admitted);
            }
        }
    }

    private static Task SetAsync(Customer customer, string kind, int value) => kind switch
    {
        "quota" => customer.SetQuotaAsync(value),
        "tenant" => customer.LimitTenantAsync(value),
        "project" => customer.LimitProjectAsync(value),
        _ => customer.LimitTokensOfTenantAsync(value),
    };
}
