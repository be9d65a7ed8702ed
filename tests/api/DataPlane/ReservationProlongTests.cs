using System.Net;
using Xunit;

namespace Sluice.Api.Tests.DataPlane;

/// <summary>Reservations are read, and prolonged.</summary>
public sealed class ReservationProlongTests(NodeHost host) : IClassFixture<NodeHost>
{
    private const string Path = "/v1/reservations/r";

    [Fact]
    public async Task AReservation_SaysWhatItHolds_AndHowItEnded()
    {
        await host.Operator().PriceAsync("EUR", """
            [{"model": "m", "metric": "text_tokens", "per": 1, "amount": 2, "credits": 0.5}]
            """);
        var customer = await Customer.CreateAsync(host, "EUR");
        await ReserveAsync(customer, """{"id": "r", "model": "m", "member": "ada", "metrics": {"text_tokens": 10}}""");

        var open = (await customer.Key.GetAsync(Path)).Is(HttpStatusCode.OK);
        Assert.StartsWith("""{"id":"r","state":"open","createdAt":"20""", open.Text);
        Assert.EndsWith(
            ""","model":"m","member":"ada","metrics":{"text_tokens":10,"requests":1},"amount":20,"credits":5}""",
            open.Text);
        Assert.InRange(
            (open["expiresAt"].GetDateTimeOffset() - open["createdAt"].GetDateTimeOffset()).TotalSeconds, 300, 301);

        (await customer.Key.PostAsync($"{Path}/commit", """{"metrics": {"text_tokens": 7}}""")).Is(HttpStatusCode.OK);
        var committed = (await customer.Key.GetAsync(Path)).Is(HttpStatusCode.OK);
        Assert.Equal("committed", committed.String("state"));
        Assert.EndsWith(
            ""","model":"m","member":"ada","metrics":{"text_tokens":7,"requests":1},"amount":14,"credits":3.5}}""",
            committed.Text);

        await ReserveAsync(customer, """{"id": "s", "metrics": {"text_tokens": 1}, "ttlSeconds": 60}""");
        await ReserveAsync(customer, """{"id": "t", "metrics": {"text_tokens": 1}}""");
        (await customer.Key.DeleteAsync("/v1/reservations/t")).Is(HttpStatusCode.NoContent);
        host.Time.Turn(TimeSpan.FromSeconds(61));
        Assert.Equal("expired", (await customer.Key.GetAsync("/v1/reservations/s")).String("state"));
        Assert.Equal("released", (await customer.Key.GetAsync("/v1/reservations/t")).String("state"));
    }

    [Fact]
    public async Task AProlongedHold_IsKept_UntilItsNewTime()
    {
        var customer = await HoldingAsync(ttlSeconds: 60);
        host.Time.Turn(TimeSpan.FromSeconds(50));

        var longer = (await ProlongAsync(customer, """{"ttlSeconds": 120}""")).Is(HttpStatusCode.OK);
        Assert.Equal("open", longer.String("state"));
        var sooner = (await ProlongAsync(customer, """{"ttlSeconds": 1}""")).Is(HttpStatusCode.OK);
        Assert.Equal(longer.String("expiresAt"), sooner.String("expiresAt"));
        host.Time.Turn(TimeSpan.FromSeconds(60));
        await Task.Delay(TimeSpan.FromSeconds(1.5), TestContext.Current.CancellationToken);
        (await customer.UseAsync(1)).Is(HttpStatusCode.TooManyRequests);

        host.Time.Turn(TimeSpan.FromSeconds(61));
        await Eventually.BecomesAsync(() => customer.UseAsync(10), static a => a.Status == HttpStatusCode.OK);
        (await ProlongAsync(customer, "{}")).IsProblem(HttpStatusCode.Conflict, "reservation-ended");
        Assert.Equal(0, await Eventually.IsAsync(() => customer.HeldAsync(customer.KeyId), 0));
    }

    [Fact]
    public async Task AReservation_IsProlonged24Times_AndNoMore()
    {
        var customer = await HoldingAsync(ttlSeconds: 60);
        for (var i = 1; i <= 24; i++)
            (await ProlongAsync(customer, $$"""{"ttlSeconds": {{60 + (2 * i)}}}""")).Is(HttpStatusCode.OK);

        (await ProlongAsync(customer, """{"ttlSeconds": 3600}"""))
            .IsProblem(HttpStatusCode.Conflict, "reservation-ended");
        Assert.Equal("open", (await customer.Key.GetAsync(Path)).String("state"));
        await customer.SeesInLedgerAsync(0);
    }

    [Fact]
    public async Task ManyAtOnce_ProlongIt_ToTheLatest()
    {
        var customer = await HoldingAsync(ttlSeconds: 60);
        var answers = await Task.WhenAll(Enumerable.Range(1, 3).Select(
            i => ProlongAsync(customer, $$"""{"ttlSeconds": {{i * 100}}}""")));

        Assert.All(answers, static answer => answer.Is(HttpStatusCode.OK));
        var read = await customer.Key.GetAsync(Path);
        Assert.InRange(
            (read["expiresAt"].GetDateTimeOffset() - read["createdAt"].GetDateTimeOffset()).TotalSeconds, 300, 330);
    }

    [Fact]
    public async Task WhatHasEnded_IsNotProlonged_AndNoOtherKeySeesIt()
    {
        var customer = await HoldingAsync(ttlSeconds: 60);
        var other = await customer.AnotherKeyAsync();
        (await other.Key.GetAsync(Path)).IsProblem(HttpStatusCode.NotFound, "not-found");
        (await ProlongAsync(other, "{}")).IsProblem(HttpStatusCode.NotFound, "not-found");
        (await customer.Key.PostAsync($"{Path}/commit", """{"metrics": {"text_tokens": 1}}""")).Is(HttpStatusCode.OK);
        (await ProlongAsync(customer, "{}")).IsProblem(HttpStatusCode.Conflict, "reservation-ended");
        await ReserveAsync(customer, """{"id": "x", "metrics": {"text_tokens": 1}}""");

        (await customer.Operator.DeleteAsync(customer.KeyPath)).Is(HttpStatusCode.NoContent);

        (await customer.Key.GetAsync("/v1/reservations/x")).Is(HttpStatusCode.Unauthorized);
        (await ProlongAsync(customer, "{}", "x")).Is(HttpStatusCode.Unauthorized);
        (await host.Gateway().GetAsync($"/v1/reservations/x?keyId={customer.KeyId}")).Is(HttpStatusCode.OK);
        (await host.Gateway().PatchAsync("/v1/reservations/x", $$"""{"keyId": "{{customer.KeyId}}"}"""))
            .IsProblem(HttpStatusCode.Conflict, "reservation-ended");
        (await host.Gateway().GetAsync("/v1/reservations/x"))
            .IsProblem(HttpStatusCode.UnprocessableEntity, "rule-broken")["errors"].GetProperty("keyId");
    }

    [Theory]
    [InlineData("""{"ttlSeconds": 0}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("""{"ttlSeconds": 3601}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("""{"ttlSeconds": "60"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"metrics": {"text_tokens": 1}}""", HttpStatusCode.BadRequest)]
    [InlineData("", HttpStatusCode.BadRequest)]
    public async Task BadBodies_AreRefused(string body, HttpStatusCode status)
    {
        var customer = await HoldingAsync(ttlSeconds: 60);

        (await ProlongAsync(customer, body)).Is(status);
        Assert.Equal("open", (await customer.Key.GetAsync(Path)).String("state"));
    }

    /// <summary>Creates a customer whose whole limit of 10 tokens is held by the reservation <c>r</c>.</summary>
    private async Task<Customer> HoldingAsync(int ttlSeconds)
    {
        var customer = await Customer.CreateAsync(host);
        await customer.LimitKeyAsync("text_tokens", 10);
        await ReserveAsync(
            customer, $$"""{"id": "r", "metrics": {"text_tokens": 10}, "ttlSeconds": {{ttlSeconds}}}""");
        return customer;
    }

    private static async Task ReserveAsync(Customer customer, string body) =>
        (await customer.Key.PostAsync("/v1/reservations", body)).Is(HttpStatusCode.Created);

    private static Task<Answer> ProlongAsync(Customer customer, string body, string id = "r") =>
        customer.Key.PatchAsync($"/v1/reservations/{id}", body);
}
