using System.Net;
using Xunit;

namespace Sluice.Api.Tests.DataPlane;

public abstract class ReservationTests(NodeHost host)
{
    [Collection<DataPlaneNode>]
    public sealed class OnOneNode(NodeHost host) : ReservationTests(host);

    [Collection<SharedCluster>]
    public sealed class OnThreeNodes(ThreeNodes host) : ReservationTests(host);

    [Fact]
    public async Task AReservation_IsHeld_AndTakesRoomFromOthers()
    {
        await host.Operator().PriceAsync("EUR", """
            [{"model": "m", "metric": "text_tokens", "per": 1, "amount": 0.5, "credits": 2}]
            """);
        var customer = await Customer.CreateAsync(host, "EUR");
        await customer.LimitKeyAsync("text_tokens", 10);
        await customer.UseAsync(3);

        var answer = await ReserveAsync(
            customer, """{"id": "r-1", "model": "m", "metrics": {"text_tokens": 6}, "ttlSeconds": 60}""");

        var expires = answer.Is(HttpStatusCode.Created)["expiresAt"].GetDateTimeOffset();
        Assert.Equal(60, (expires - host.Time.GetUtcNow()).TotalSeconds, tolerance: 30);
        Assert.Equal("/v1/reservations/r-1", answer.Message.Headers.Location?.ToString());
        answer.IsJson(
            $$"""
            {"id": "r-1", "expiresAt": "{{answer.String("expiresAt")}}", "allowed": true, "duplicate": false,
             "state": "ok", "amount": 3, "credits": 12, "limits": [
               {"scope": "key", "scopeId": "{{customer.KeyId}}", "metric": "text_tokens", "kind": "blocked",
                "source": "key", "period": "month", "limit": 10, "used": 3, "held": 6, "remaining": 1,
                "resetsAt": "2026-11-30T15:00:00.000Z"}]}
            """);
        var refused = (await customer.UseAsync(2)).IsProblem(HttpStatusCode.TooManyRequests, "limit-reached");
        Assert.Equal(6, refused["limit"].GetProperty("held").GetInt32());
        (await ReserveAsync(customer, """{"metrics": {"text_tokens": 2}}"""))
            .IsProblem(HttpStatusCode.TooManyRequests, "limit-reached");
        (await customer.UseAsync(1)).Is(HttpStatusCode.OK);
        Assert.Equal(
            6m, await Eventually.IsAsync(() => customer.HeldAsync(customer.KeyId), 6m));
        await customer.SeesInLedgerAsync(4);
    }

    [Fact]
    public async Task WithoutATime_AReservationLastsFiveMinutes()
    {
        var customer = await Customer.CreateAsync(host);

        var answer = (await ReserveAsync(customer, """{"metrics": {"text_tokens": 1}}""")).Is(HttpStatusCode.Created);

        Assert.Equal(
            300, (answer["expiresAt"].GetDateTimeOffset() - host.Time.GetUtcNow()).TotalSeconds, tolerance: 30);
        Assert.StartsWith("evt_", answer.String("id"));
    }

    [Theory]
    [InlineData(4, 4)]
    [InlineData(6, 6)]
    [InlineData(0, 0)]
    public async Task ACommitWithinTheHold_CountsWhatWasUsed_AndFreesTheRest(int actual, int used)
    {
        var customer = await Customer.CreateAsync(host);
        await customer.LimitKeyAsync("text_tokens", 10);
        await ReserveAsync(customer, """{"id": "r", "metrics": {"text_tokens": 6}}""");

        var answer = (await CommitAsync(customer, "r", actual)).Is(HttpStatusCode.OK);

        Assert.Equal("r", answer.String("id"));
        Assert.Equal(used, answer["limits"][0].GetProperty("used").GetInt32());
        Assert.Equal(0, answer["limits"][0].GetProperty("held").GetInt32());
        (await customer.UseAsync(10 - used)).Is(HttpStatusCode.OK);
        (await customer.UseAsync(1)).Is(HttpStatusCode.TooManyRequests);
        await customer.SeesUsedAsync(10, customer.KeyId);
        await customer.SeesInLedgerAsync(10);
    }

    [Fact]
    public async Task ACommitAboveTheHold_IsNeverRefused_AndTheNextRequestIs()
    {
        var customer = await Customer.CreateAsync(host);
        await customer.LimitKeyAsync("text_tokens", 10);
        await ReserveAsync(customer, """{"id": "r", "metrics": {"text_tokens": 6}}""");

        var answer = (await CommitAsync(customer, "r", 25)).Is(HttpStatusCode.OK);

        Assert.True(answer["allowed"].GetBoolean());
        Assert.Equal("blocked", answer.String("state"));
        Assert.Equal(25, answer["limits"][0].GetProperty("used").GetInt32());
        (await customer.UseAsync(1)).Is(HttpStatusCode.TooManyRequests);
        await customer.SeesInLedgerAsync(25);
    }

    [Fact]
    public async Task ACommitTwice_IsAnsweredTheSame_AndCountsOnce()
    {
        await host.Operator().PriceAsync("USD", """
            [{"model": "m", "metric": "text_tokens", "per": 1, "amount": 2}]
            """);
        var customer = await Customer.CreateAsync(host, "USD");
        await ReserveAsync(customer, """{"id": "r", "model": "m", "metrics": {"text_tokens": 6}}""");

        var first = (await CommitAsync(customer, "r", 5)).Is(HttpStatusCode.OK);
        var second = (await CommitAsync(customer, "r", 5)).Is(HttpStatusCode.OK);
        var other = await CommitAsync(customer, "r", 6);

        Assert.False(first["duplicate"].GetBoolean());
        Assert.True(second["duplicate"].GetBoolean());
        foreach (var field in (string[])["id", "allowed", "state", "amount", "credits"])
            Assert.Equal(first[field].GetRawText(), second[field].GetRawText());
        Assert.Equal("10", first["amount"].GetRawText());
        other.IsProblem(HttpStatusCode.Conflict, "id-conflict");
        await customer.SeesInLedgerAsync(5);
        await customer.SeesInLedgerAsync(1, "requests");
    }

    [Fact]
    public async Task CommitsAtOnce_CountOnce()
    {
        var customer = await Customer.CreateAsync(host);
        await customer.LimitKeyAsync("text_tokens", 10);
        (await ReserveAsync(customer, """{"id": "r", "metrics": {"text_tokens": 6}}""")).Is(HttpStatusCode.Created);

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => CommitAsync(customer, "r", 4)));

        Assert.All(answers, static answer => answer.Is(HttpStatusCode.OK));
        Assert.Single(answers, static answer => !answer["duplicate"].GetBoolean());
        await customer.SeesUsedAsync(4, customer.KeyId);
        await customer.SeesInLedgerAsync(4);
        (await customer.UseAsync(6)).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task ARelease_GivesTheHoldBack_AndCanBeRepeated()
    {
        var customer = await Customer.CreateAsync(host);
        await customer.LimitKeyAsync("text_tokens", 10);
        await ReserveAsync(customer, """{"id": "r", "metrics": {"text_tokens": 10}}""");

        (await customer.Key.DeleteAsync("/v1/reservations/r")).Is(HttpStatusCode.NoContent);
        (await customer.Key.DeleteAsync("/v1/reservations/r")).Is(HttpStatusCode.NoContent);

        (await customer.UseAsync(10)).Is(HttpStatusCode.OK);
        var committed = (await CommitAsync(customer, "r", 3)).IsProblem(HttpStatusCode.Conflict, "reservation-ended");
        Assert.Contains("released already", committed.String("detail"));
        await customer.SeesInLedgerAsync(10);
        await customer.SeesInLedgerAsync(1, "requests");
    }

    [Fact]
    public async Task ACommittedReservation_CanNotBeReleased()
    {
        var customer = await Customer.CreateAsync(host);
        await ReserveAsync(customer, """{"id": "r", "metrics": {"text_tokens": 10}}""");
        await CommitAsync(customer, "r", 3);

        var released = await customer.Key.DeleteAsync("/v1/reservations/r");

        released.IsProblem(HttpStatusCode.Conflict, "reservation-ended");
        Assert.Contains("committed already", released.String("detail"));
        await customer.SeesInLedgerAsync(3);
    }

    [Fact]
    public async Task AReservationOfNobody_OrOfAnotherKey_IsNotFound()
    {
        var customer = await Customer.CreateAsync(host);
        var other = await customer.AnotherKeyAsync();
        await customer.UseAsync(1, "an-event-of-somebody");
        await ReserveAsync(customer, """{"id": "mine", "metrics": {"text_tokens": 10}}""");

        foreach (var id in (string[])["nothing", "mine", "an-event-of-somebody", "%01", new string('x', 129)])
        {
            var committed = await CommitAsync(other, id, 1);
            committed.IsProblem(HttpStatusCode.NotFound, "not-found");
            Assert.False(committed.Json.TryGetProperty("id", out _));
            (await other.Key.DeleteAsync($"/v1/reservations/{id}")).IsProblem(HttpStatusCode.NotFound, "not-found");
        }

        (await CommitAsync(customer, "mine", 1)).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task AReservationMadeTwice_HoldsOnce()
    {
        var customer = await Customer.CreateAsync(host);
        await customer.LimitKeyAsync("text_tokens", 10);
        const string Body = """{"id": "r", "metrics": {"text_tokens": 6}}""";

        var first = await ReserveAsync(customer, Body);
        var second = await ReserveAsync(customer, Body);
        var other = await ReserveAsync(customer, """{"id": "r", "metrics": {"text_tokens": 5}}""");

        Assert.False(first.Is(HttpStatusCode.Created)["duplicate"].GetBoolean());
        Assert.True(second.Is(HttpStatusCode.Created)["duplicate"].GetBoolean());
        Assert.Equal(first.String("expiresAt"), second.String("expiresAt"));
        other.IsProblem(HttpStatusCode.Conflict, "id-conflict");
        (await customer.UseAsync(4)).Is(HttpStatusCode.OK);
        (await CommitAsync(customer, "r", 6)).Is(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("a%2Fb")]
    [InlineData("50%")]
    [InlineData("été ☃ 🦉")]
    [InlineData("a?b#c+d e&f;g")]
    [InlineData("..a")]
    public async Task AnyId_CanBeCommittedAndReleased_WhereTheAnswerSaysItIs(string id)
    {
        var customer = await Customer.CreateAsync(host);
        var body = System.Text.Json.JsonSerializer.Serialize(new { id, metrics = new { text_tokens = 2 } });
        var address = (await ReserveAsync(customer, body)).Is(HttpStatusCode.Created).Message.Headers.Location;

        var answer = (await customer.Key.PostAsync($"{address}/commit", """{"metrics": {"text_tokens": 2}}"""))
            .Is(HttpStatusCode.OK);
        (await customer.Key.DeleteAsync($"{address}")).IsProblem(HttpStatusCode.Conflict, "reservation-ended");

        Assert.Equal(id, answer.String("id"));
        Assert.False(answer["duplicate"].GetBoolean());
    }

    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    public async Task AnIdThatNoAddressCanHave_IsRefused(string id)
    {
        var customer = await Customer.CreateAsync(host);

        var answer = await ReserveAsync(customer, $$"""{"id": "{{id}}", "metrics": {"text_tokens": 2} }""");

        answer.IsProblem(HttpStatusCode.UnprocessableEntity, "rule-broken");
        Assert.True(answer["errors"].TryGetProperty("id", out _));
    }

    private static Task<Answer> ReserveAsync(Customer customer, string body) =>
        customer.Key.PostAsync("/v1/reservations", body);

    private static Task<Answer> CommitAsync(Customer customer, string id, int tokens) =>
        customer.Key.PostAsync($"/v1/reservations/{id}/commit", new { metrics = new { text_tokens = tokens } });
}
