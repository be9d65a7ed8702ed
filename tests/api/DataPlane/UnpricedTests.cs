using System.Net;
using Xunit;

namespace Sluice.Api.Tests.DataPlane;

/// <summary>Usage without a price where money is limited: named in the answer, or refused.</summary>
public abstract class UnpricedTests(NodeHost host)
{
    private const string Unknown = """{"model": "c", "metrics": {"text_tokens": 5}, "id": "unknown"}""";

    [Collection<DataPlaneNode>]
    public sealed class OnOneNode(NodeHost host) : UnpricedTests(host);

    [Collection<SharedCluster>]
    public sealed class OnThreeNodes(ThreeNodes host) : UnpricedTests(host);

    [Fact]
    public async Task UnderAMoneyLimit_TheAnswerNamesWhatHasNoPrice()
    {
        var customer = await CustomerAsync();
        await customer.LimitTenantAsync(0.5m);

        var first = (await customer.UseAsync(Unknown)).Is(HttpStatusCode.OK);
        Assert.Equal(["text_tokens"], UnpricedOf(first));
        Assert.Equal("0", first["amount"].GetRawText());
        Assert.Equal(["text_tokens"], UnpricedOf((await customer.UseAsync(Unknown)).Is(HttpStatusCode.OK)));
        Assert.Empty(UnpricedOf(
            (await customer.UseAsync("""{"model": "a", "metrics": {"text_tokens": 5}}""")).Is(HttpStatusCode.OK)));
        await customer.SeesInLedgerAsync(10);
    }

    [Fact]
    public async Task WithoutAMoneyLimit_NothingIsSaidOrRefused()
    {
        var customer = await CustomerAsync();
        await RefuseAsync(customer);

        Assert.Empty(UnpricedOf((await customer.UseAsync(Unknown)).Is(HttpStatusCode.OK)));
    }

    [Fact]
    public async Task ATenantThatRefusesIt_Gets422_AndNothingIsCounted()
    {
        var customer = await CustomerAsync();
        await customer.LimitTenantAsync(0.5m);
        // Counted before the tenant refuses such usage: a repeat changes nothing, and is no refusal.
        (await customer.UseAsync(Unknown)).Is(HttpStatusCode.OK);
        await RefuseAsync(customer);

        Assert.True((await customer.UseAsync(Unknown)).Is(HttpStatusCode.OK)["duplicate"].GetBoolean());
        foreach (var id in new[] { "", ", \"id\": \"other\"" })
        {
            var refused = await customer.UseAsync($$"""{"model": "c", "metrics": {"text_tokens": 5}{{id}}}""");
            Assert.Contains(
                "text_tokens of the model c has no price",
                refused.IsProblem(HttpStatusCode.UnprocessableEntity, "unpriced").String("detail"),
                StringComparison.Ordinal);
        }

        (await customer.Key.PostAsync("/v1/reservations", """{"model": "c", "metrics": {"text_tokens": 5}}"""))
            .IsProblem(HttpStatusCode.UnprocessableEntity, "unpriced");
        var check = (await customer.Key.PostAsync("/v1/usage/check", Unknown)).Is(HttpStatusCode.OK);
        Assert.False(check["allowed"].GetBoolean());
        Assert.Equal(["text_tokens"], UnpricedOf(check));
        await customer.SeesInLedgerAsync(5);
        Assert.Equal(0, await customer.HeldAsync(customer.KeyId));
    }

    [Fact]
    public async Task UsageThatHasHappened_IsCountedAllTheSame()
    {
        var customer = await CustomerAsync();
        await customer.LimitTenantAsync(0.5m);
        await RefuseAsync(customer);

        var recorded = await customer.UseAsync("""{"model": "c", "mode": "record", "metrics": {"text_tokens": 5}}""");

        Assert.Equal(["text_tokens"], UnpricedOf(recorded.Is(HttpStatusCode.OK)));
        await customer.SeesInLedgerAsync(5);
    }

    private static async Task RefuseAsync(Customer customer)
    {
        var settings = $"{customer.TenantPath}/settings";
        (await customer.Operator.PatchAsync(settings, new { unpricedUsage = "perhaps" }))
            .BreaksRules("unpricedUsage: one-of");
        var set = await customer.Operator.PatchAsync(settings, new { unpricedUsage = "refuse" });
        Assert.Equal("refuse", set.Is(HttpStatusCode.OK).String("unpricedUsage"));
    }

    private static string[] UnpricedOf(Answer answer) => answer.Json.TryGetProperty("unpriced", out var names)
        ? [.. names.EnumerateArray().Select(static name => name.GetString()!)]
        : [];

    private async Task<Customer> CustomerAsync()
    {
        await host.Operator().PriceAsync(
            "NOK", """[{"model": "a", "metric": "text_tokens", "per": 1, "amount": 0.001}]""");
        return await Customer.CreateAsync(host, "NOK");
    }
}
