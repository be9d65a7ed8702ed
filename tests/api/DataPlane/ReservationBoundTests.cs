using System.Net;
using Xunit;

namespace Sluice.Api.Tests.DataPlane;

/// <summary>What one key may hold at a time.</summary>
public sealed class ReservationBoundTests(NodeHost host) : IClassFixture<NodeHost>
{
    [Fact]
    public async Task AKeyThatHoldsAllItMay_IsRefused_AndNobodyElseIs()
    {
        var customer = await Customer.CreateAsync(host);
        var other = await customer.AnotherKeyAsync();
        var sent = 0;
        await Task.WhenAll(Enumerable.Range(0, 32).Select(async _ =>
        {
            int number;
            while ((number = Interlocked.Increment(ref sent)) <= 10_000)
                (await ReserveAsync(customer, $"r{number}")).Is(HttpStatusCode.Created);
        }));

        (await ReserveAsync(customer, "more")).IsProblem(HttpStatusCode.TooManyRequests, "too-many-reservations");
        (await ReserveAsync(other, "more")).Is(HttpStatusCode.Created);
        (await customer.UseAsync(1)).Is(HttpStatusCode.OK);
        (await customer.Key.DeleteAsync("/v1/reservations/r1")).Is(HttpStatusCode.NoContent);
        (await ReserveAsync(customer, "more")).Is(HttpStatusCode.Created);
    }

    [Theory]
    [InlineData("""{"metrics": {"requests": 0}}""")]
    [InlineData("""{"metrics": {"requests": 0, "text_tokens": 0}}""")]
    public async Task NothingAtAll_IsNotHeld(string body)
    {
        var customer = await Customer.CreateAsync(host);

        var refused = await customer.Key.PostAsync("/v1/reservations", body);

        refused.IsProblem(HttpStatusCode.UnprocessableEntity, "rule-broken")["errors"].GetProperty("metrics");
        (await customer.Key.PostAsync("/v1/reservations", """{"metrics": {"text_tokens": 0}}"""))
            .Is(HttpStatusCode.Created);
    }

    private static Task<Answer> ReserveAsync(Customer customer, string id) => customer.Key.PostAsync(
        "/v1/reservations", $$$"""{"id": "{{{id}}}", "metrics": {"text_tokens": 1}, "ttlSeconds": 3600}""");
}
