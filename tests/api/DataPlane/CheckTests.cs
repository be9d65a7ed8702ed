using System.Net;
using Xunit;

namespace Sluice.Api.Tests.DataPlane;

[Collection<DataPlaneNode>]
public sealed class CheckTests(NodeHost host)
{
    [Fact]
    public async Task WhatWouldPass_IsAllowed_AndCountsNothing()
    {
        await host.Operator().PriceAsync("EUR", """
            [{"model": "*", "metric": "text_tokens", "per": 1, "amount": 0.5, "credits": 1}]
            """);
        var customer = await Customer.CreateAsync(host, "EUR");
        await customer.LimitTokensOfTenantAsync(10);
        await customer.UseAsync(4);

        var answer = await CheckAsync(customer, """{"id": "dry", "metrics": {"text_tokens": 6}}""");

        answer.Is(HttpStatusCode.OK).IsJson(
            $$"""
            {"allowed": true, "state": "ok", "amount": 3, "credits": 6, "limits": [
              {"scope": "tenant", "scopeId": "{{customer.TenantId}}", "metric": "text_tokens", "kind": "blocked",
               "source": "threshold", "period": "month", "limit": 10, "used": 4, "held": 0, "remaining": 6,
               "resetsAt": "2026-11-30T15:00:00.000Z"}]}
            """);
        // The id is unused, and nothing of the limit is used up.
        Assert.False((await customer.UseAsync(6, "dry")).Is(HttpStatusCode.OK)["duplicate"].GetBoolean());
        await customer.SeesInLedgerAsync(10);
    }

    [Fact]
    public async Task WhatWouldNotPass_IsAnsweredTheSameWay_WithTheLimitThatRefuses()
    {
        var customer = await Customer.CreateAsync(host);
        await customer.LimitKeyAsync("text_tokens", 10);
        await customer.UseAsync(4);

        var answer = (await CheckAsync(customer, """{"metrics": {"text_tokens": 7}}""")).Is(HttpStatusCode.OK);

        Assert.False(answer["allowed"].GetBoolean());
        Assert.Equal("ok", answer.String("state"));
        Assert.Equal(customer.KeyId, answer["limit"].GetProperty("scopeId").GetString());
        Assert.Equal(6, answer["limit"].GetProperty("remaining").GetInt32());
        Assert.Equal("key_manager", answer.String("raisedBy"));
        Assert.Equal(1, answer["limits"].GetArrayLength());
        await customer.SeesUsedAsync(4, customer.KeyId);
    }

    [Fact]
    public async Task AThousandChecks_LeaveTheLimitAsItWas()
    {
        var customer = await Customer.CreateAsync(host);
        await customer.LimitKeyAsync("text_tokens", 10);

        var answers = await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ =>
            CheckAsync(customer, """{"metrics": {"text_tokens": 10}}""")));

        Assert.All(answers, static answer => answer.Is(HttpStatusCode.OK));
        (await customer.UseAsync(10)).Is(HttpStatusCode.OK);
        (await customer.UseAsync(1)).Is(HttpStatusCode.TooManyRequests);
        await customer.SeesInLedgerAsync(10);
        await customer.SeesInLedgerAsync(1, "requests");
    }

    [Fact]
    public async Task WhatHasHappened_WouldBeRecordedWhateverTheLimits()
    {
        var customer = await Customer.CreateAsync(host);
        await customer.LimitKeyAsync("text_tokens", 10);

        var answer = await CheckAsync(customer, """{"mode": "record", "metrics": {"text_tokens": 11}}""");

        Assert.True(answer.Is(HttpStatusCode.OK)["allowed"].GetBoolean());
        Assert.False(answer.Json.TryGetProperty("limit", out _));
        await customer.SeesUsedAsync(0, customer.KeyId);
    }

    private static Task<Answer> CheckAsync(Customer customer, string body) =>
        customer.Key.PostAsync("/v1/usage/check", body);
}
