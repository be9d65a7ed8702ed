using System.Net;
using Xunit;

namespace Sluice.Api.Tests.DataPlane;

public abstract class ConcurrencyTests(NodeHost host)
{
    [Collection<DataPlaneNode>]
    public sealed class OnOneNode(NodeHost host) : ConcurrencyTests(host);

    [Collection<SharedCluster>]
    public sealed class OnThreeNodes(ThreeNodes host) : ConcurrencyTests(host);

    private const int Clients = 64;

    [Fact]
    public async Task ManyClientsAgainstOneLimit_AreAdmittedExactlyToIt()
    {
        var customer = await Customer.CreateAsync(host);
        await customer.LimitKeyAsync("text_tokens", 1_000);

        var refusals = await RunAsync(static _ => 1, _ => customer);

        Assert.Equal(Clients, refusals.Count);
        Assert.All(refusals, refusal =>
        {
            Assert.Equal(customer.KeyId, refusal["limit"].GetProperty("scopeId").GetString());
            Assert.Equal(1_000, refusal["limit"].GetProperty("used").GetInt32());
        });
        await customer.SeesUsedAsync(1_000, customer.KeyId);
        await customer.SeesInLedgerAsync(1_000);
    }

    [Fact]
    public async Task ClientsThatUseDifferentAmounts_FillTheLimitToTheLastUnit()
    {
        var customer = await Customer.CreateAsync(host);
        await customer.LimitTokensOfTenantAsync(5_000);

        // Each continues until its own size no longer fits; those who use one unit each fill up the rest.
        var refusals = await RunAsync(
            static client => (client % 4) switch { 0 => 1, 1 => 3, 2 => 17, _ => 50 }, _ => customer);

        Assert.All(refusals, refusal =>
        {
            var limit = refusal["limit"];
            Assert.Equal(customer.TenantId, limit.GetProperty("scopeId").GetString());
            Assert.InRange(limit.GetProperty("used").GetInt32(), 4_951, 5_000);
        });
        await customer.SeesUsedAsync(5_000, customer.TenantId);
        await customer.SeesInLedgerAsync(5_000);
    }

    [Fact]
    public async Task WithLimitsOfKeyProjectAndTenantAtOnce_EachIsKept_AndARefusalNamesOneThatIsFull()
    {
        await host.Operator().PriceAsync("EUR", """[{"model": "*", "metric": "text_tokens", "per": 1, "amount": 1}]""");
        var limited = await Customer.CreateAsync(host, "EUR");
        var sibling = await limited.AnotherKeyAsync();
        var elsewhere = await limited.AnotherProjectAsync();
        await limited.LimitKeyAsync("text_tokens", 200);
        await limited.LimitProjectAsync(500);
        await limited.SetQuotaAsync(800);
        Customer[] keys = [limited, sibling, elsewhere];

        var refusals = await RunAsync(static client => 1 + (client % 2), client => keys[client % 3]);

        var full = new Dictionary<string, int>
        {
            [limited.KeyId] = 200,
            [limited.ProjectId] = 500,
            [limited.TenantId] = 800,
        };
        Assert.All(refusals, refusal =>
        {
            var limit = refusal["limit"];
            var value = Assert.Contains(limit.GetProperty("scopeId").GetString()!, full);
            Assert.Equal(value, limit.GetProperty("limit").GetInt32());
            Assert.InRange(limit.GetProperty("remaining").GetInt32(), 0, 1);
        });
        await limited.SeesUsedAsync(800, limited.TenantId, "amount");
        await limited.SeesInLedgerAsync(800);

        // Each key reports for itself, a moment after the tenant.
        var used = await Eventually.BecomesAsync(
            async () => (
                Key: await limited.UsedAsync(limited.KeyId),
                Sibling: await limited.UsedAsync(sibling.KeyId),
                Elsewhere: await limited.UsedAsync(elsewhere.KeyId)),
            static used => used.Key + used.Sibling + used.Elsewhere == 800);
        Assert.InRange(used.Key, 0, 200);
        Assert.InRange(used.Key + used.Sibling, 0, 500);
        Assert.Equal(800, used.Key + used.Sibling + used.Elsewhere);
    }

    [Fact]
    public async Task ReservationsAtOnce_NeverHoldMoreThanThereIs()
    {
        var customer = await Customer.CreateAsync(host);
        await customer.LimitKeyAsync("text_tokens", 100);

        var answers = await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => customer.Key.PostAsync(
            "/v1/reservations", $$"""{"id": "r{{client}}", "metrics": {"text_tokens": 7} }""")));

        var held = answers.Where(static a => a.Status == HttpStatusCode.Created).ToList();
        Assert.Equal(14, held.Count);
        Assert.All(answers.Except(held), static a => a.IsProblem(HttpStatusCode.TooManyRequests, "limit-reached"));
        await Task.WhenAll(held.Select(answer => customer.Key.PostAsync(
            $"/v1/reservations/{answer.String("id")}/commit", """{"metrics": {"text_tokens": 5}}""")));
        await customer.SeesUsedAsync(70, customer.KeyId);
        (await customer.UseAsync(30)).Is(HttpStatusCode.OK);
        (await customer.UseAsync(1)).Is(HttpStatusCode.TooManyRequests);
    }

    /// <summary>Lets each client use its key until it is refused; returns the refusals.</summary>
    private static async Task<IReadOnlyList<Answer>> RunAsync(
        Func<int, int> tokensOf, Func<int, Customer> keyOf)
    {
        return await Task.WhenAll(Enumerable.Range(0, Clients).Select(async client =>
        {
            while (true)
            {
                var answer = await keyOf(client).UseAsync(tokensOf(client));
                if (answer.Status == HttpStatusCode.OK)
                    continue;
                answer.IsProblem(HttpStatusCode.TooManyRequests, "limit-reached");
                return answer;
            }
        }));
    }
}
