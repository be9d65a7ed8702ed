using System.Net;
using Xunit;

namespace Sluice.Api.Tests.DataPlane;

/// <summary>A commit may name the model and the member that it turned out to be.</summary>
public abstract class CommitModelTests(NodeHost host)
{
    [Collection<DataPlaneNode>]
    public sealed class OnOneNode(NodeHost host) : CommitModelTests(host);

    [Collection<SharedCluster>]
    public sealed class OnThreeNodes(ThreeNodes host) : CommitModelTests(host);

    [Fact]
    public async Task TheModelOfTheCommit_IsRated_AtItsPriceOfTheReservationsTime()
    {
        await PriceAsync(b: "0.01", new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var customer = await Customer.CreateAsync(host, "SEK");
        await ReserveAsync(customer, "r");
        await ReserveAsync(customer, "s");
        await PriceAsync(b: "7", host.Time.GetUtcNow());

        const string Other = """{"metrics": {"text_tokens": 100}, "model": "b", "member": "ada"}""";
        var changed = (await CommitAsync(customer, "r", Other)).Is(HttpStatusCode.OK);
        var again = (await CommitAsync(customer, "r", Other)).Is(HttpStatusCode.OK);
        (await CommitAsync(customer, "r", """{"metrics": {"text_tokens": 100}}"""))
            .IsProblem(HttpStatusCode.Conflict, "id-conflict");
        var kept = (await CommitAsync(customer, "s", """{"metrics": {"text_tokens": 100}}""")).Is(HttpStatusCode.OK);

        Assert.Equal("1", changed["amount"].GetRawText());
        Assert.True(again["duplicate"].GetBoolean());
        Assert.Equal("0.1", kept["amount"].GetRawText());
        await customer.SeesInLedgerAsync(200);
        (await customer.Operator.GetAsync($"{customer.TenantPath}/usage?groupBy=model,member&metric=text_tokens"))
            .IsJson("""
                {"items": [{"model": "a", "member": "bob", "memberName": "bob", "metric": "text_tokens", "value": 100},
                           {"model": "b", "member": "ada", "memberName": "ada", "metric": "text_tokens", "value": 100}]}
                """);
    }

    [Fact]
    public async Task AKeyId_TakesTheGatewaysToken()
    {
        var customer = await Customer.CreateAsync(host);
        await ReserveAsync(customer, "r");

        var answer = await CommitAsync(
            customer, "r", $$"""{"metrics": {"text_tokens": 1}, "keyId": "{{customer.KeyId}}"}""");

        Assert.True(answer.IsProblem(HttpStatusCode.UnprocessableEntity, "rule-broken")["errors"]
            .TryGetProperty("keyId", out _));
        (await CommitAsync(customer, "r", """{"metrics": {"text_tokens": 1}}""")).Is(HttpStatusCode.OK);
    }

    private async Task PriceAsync(string b, DateTimeOffset from) =>
        (await host.Operator().PutAsync("/api/v1/price-book", $$"""
            {"effectiveFrom": "{{from:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}}", "currency": "SEK", "prices": [
              {"model": "a", "metric": "text_tokens", "per": 1, "amount": 0.001},
              {"model": "b", "metric": "text_tokens", "per": 1, "amount": {{b}} }]}
            """)).Is(HttpStatusCode.OK);

    private static async Task ReserveAsync(Customer customer, string id) =>
        (await customer.Key.PostAsync(
            "/v1/reservations", new { id, model = "a", member = "bob", metrics = new { text_tokens = 500 } }))
        .Is(HttpStatusCode.Created);

    private static Task<Answer> CommitAsync(Customer customer, string id, string body) =>
        customer.Key.PostAsync($"/v1/reservations/{id}/commit", body);
}
