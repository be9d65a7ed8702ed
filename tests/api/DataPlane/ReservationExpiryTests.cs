using System.Net;
using Xunit;

namespace Sluice.Api.Tests.DataPlane;

public sealed class ReservationExpiryTests(NodeHost host) : IClassFixture<NodeHost>
{
    [Fact]
    public async Task AnExpiredHold_GoesBackByItself()
    {
        var customer = await Customer.CreateAsync(host);
        await customer.LimitKeyAsync("text_tokens", 10);
        await customer.Key.PostAsync(
            "/v1/reservations", """{"id": "r", "metrics": {"text_tokens": 10}, "ttlSeconds": 3600}""");
        (await customer.UseAsync(1)).Is(HttpStatusCode.TooManyRequests);

        host.Time.Turn(TimeSpan.FromMinutes(61));

        Assert.Equal(
            HttpStatusCode.OK, (await Eventually.BecomesAsync(() => customer.UseAsync(10), IsOk)).Status);
        Assert.Equal(0, await Eventually.IsAsync(() => customer.HeldAsync(customer.KeyId), 0));
        await customer.SeesInLedgerAsync(10);
    }

    [Fact]
    public async Task ACommitAfterTheExpiry_CountsAsRecord_AtThePricesOfTheReservation()
    {
        await host.Operator().PriceAsync("EUR", """
            [{"model": "m", "metric": "text_tokens", "per": 1, "amount": 2}]
            """);
        var customer = await Customer.CreateAsync(host, "EUR");
        await customer.LimitKeyAsync("text_tokens", 10);
        await customer.Key.PostAsync(
            "/v1/reservations", """{"id": "r", "model": "m", "metrics": {"text_tokens": 10}, "ttlSeconds": 1}""");
        host.Time.Turn(TimeSpan.FromSeconds(2));
        await Eventually.BecomesAsync(() => customer.UseAsync(10), IsOk);

        const string Actual = """{"metrics": {"text_tokens": 8}}""";
        var late = (await customer.Key.PostAsync("/v1/reservations/r/commit", Actual)).Is(HttpStatusCode.OK);
        var again = (await customer.Key.PostAsync("/v1/reservations/r/commit", Actual)).Is(HttpStatusCode.OK);

        Assert.Equal("16", late["amount"].GetRawText());
        Assert.Equal(18, late["limits"][0].GetProperty("used").GetInt32());
        Assert.True(again["duplicate"].GetBoolean());
        (await customer.UseAsync(1)).Is(HttpStatusCode.TooManyRequests);
        await customer.SeesInLedgerAsync(18);
    }

    [Fact]
    public async Task ARelease_AfterTheExpiry_IsFine()
    {
        var customer = await Customer.CreateAsync(host);
        await customer.LimitKeyAsync("text_tokens", 10);
        await customer.Key.PostAsync(
            "/v1/reservations", """{"id": "r", "metrics": {"text_tokens": 10}, "ttlSeconds": 1}""");
        host.Time.Turn(TimeSpan.FromSeconds(2));
        await Eventually.BecomesAsync(() => customer.UseAsync(10), IsOk);

        (await customer.Key.DeleteAsync("/v1/reservations/r")).Is(HttpStatusCode.NoContent);

        (await customer.UseAsync(1)).Is(HttpStatusCode.TooManyRequests);
        await customer.SeesUsedAsync(10, customer.KeyId);
    }

    private static bool IsOk(Answer answer) => answer.Status == HttpStatusCode.OK;
}
