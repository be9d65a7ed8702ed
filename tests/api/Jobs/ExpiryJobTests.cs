using System.Net;
using Xunit;

namespace Sluice.Api.Tests.Jobs;

public sealed class ExpiryJobTests(NodeHost host) : IClassFixture<NodeHost>
{
    [Fact]
    public async Task ABoostThatHasEnded_IsTakenOffItsLimit_AndTheLogSaysSo()
    {
        var customer = await Customer.CreateAsync(host);
        await customer.LimitKeyAsync("text_tokens", 10);
        var boost = (await host.Operator().PostAsync($"{customer.TenantPath}/boosts", new
        {
            scope = "key",
            scopeId = customer.KeyId,
            metric = "text_tokens",
            value = 15,
            until = host.Time.GetUtcNow().AddHours(1),
        })).Is(HttpStatusCode.Created);
        await host.RunAsync("expire");
        Assert.Equal("boost.created", await ActionsAsync(boost.String("id")));

        host.Time.Turn(TimeSpan.FromHours(1));
        (await customer.UseAsync(11)).Is(HttpStatusCode.TooManyRequests);
        await host.RunAsync("expire");
        await host.RunAsync("expire");

        Assert.Equal("boost.created,boost.ended", await ActionsAsync(boost.String("id")));
        (await customer.UseAsync(11)).Is(HttpStatusCode.TooManyRequests);
        (await customer.UseAsync(10)).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task AnExpiredSeat_GoesBack_WithItsKey()
    {
        var customer = await Customer.CreateAsync(host);
        var api = host.Operator();
        (await api.PostAsync($"{customer.TenantPath}/subscriptions", new
        {
            plan = "team",
            seats = 1,
            creditsPerSeat = 10,
            expiresAt = host.Time.GetUtcNow().AddHours(2),
        })).Is(HttpStatusCode.Created);
        var seat = (await api.GetAsync($"{customer.TenantPath}/seats"))["items"][0].GetProperty("id").GetString();
        var member = (await api.GetAsync($"{customer.TenantPath}/members"))["items"][0].GetProperty("id").GetString();
        var path = $"{customer.TenantPath}/seats/{seat}";
        (await api.PostAsync($"{path}/assign", new { memberId = member })).Is(HttpStatusCode.OK);
        var key = host.Bearing((await api.PostAsync($"{path}/key")).Is(HttpStatusCode.Created).String("secret"));
        (await key.PostAsync("/v1/usage", new { metrics = new { text_tokens = 1 } })).Is(HttpStatusCode.OK);

        host.Time.Turn(TimeSpan.FromHours(2));
        (await key.PostAsync("/v1/usage", new { metrics = new { text_tokens = 1 } })).Is(HttpStatusCode.Unauthorized);
        await host.RunAsync("expire");

        var after = (await api.GetAsync($"{customer.TenantPath}/seats"))["items"][0];
        Assert.Equal("expired", after.GetProperty("state").GetString());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, after.GetProperty("memberId").ValueKind);
        Assert.EndsWith("seat.expired", await ActionsAsync(seat!), StringComparison.Ordinal);
        Assert.Equal(
            0L, await host.QueryAsync<long>(
                "select count(*) from api_key where seat_id = $1 and deleted_at is null", Scene.IdOf(path)));
    }

    [Fact]
    public async Task WhatARenewalAddedToASeatsCredits_EndsWithTheMonth()
    {
        var api = host.Operator();
        await api.PriceAsync("JPY", """[{"model": "*", "metric": "text_tokens", "per": 1, "credits": 1}]""");
        var owner = await Person.OwnerAsync(host);
        var plan = await owner.SubscribeAsync(host, 1, 10, TimeSpan.FromHours(1));
        var seat = owner.SeatPath(plan);
        await UseAsync(8);
        host.Time.Turn(TimeSpan.FromHours(1));
        (await api.PostAsync(
            $"{owner.TenantPath}/subscriptions/{plan.String("id")}/renew",
            new { expiresAt = host.Time.GetUtcNow().AddDays(90) })).Is(HttpStatusCode.OK);
        var secret = await UseAsync(10);
        (await host.SpendAsync(secret)).Is(HttpStatusCode.TooManyRequests);

        host.Time.Turn(TimeSpan.FromDays(31));

        // Not at the job's run, but at the month's first instant.
        (await host.SpendAsync(secret, 11)).Is(HttpStatusCode.TooManyRequests);
        (await host.SpendAsync(secret, 10)).Is(HttpStatusCode.OK);
        await host.RunAsync("expire");
        Assert.Equal(0L, await host.QueryAsync<long>(
            "select credits_base from seat where id = $1", Scene.IdOf(seat)));
        (await host.SpendAsync(secret, 1)).Is(HttpStatusCode.TooManyRequests);

        async Task<string> UseAsync(long tokens)
        {
            (await api.AssignAsync(seat, owner)).Is(HttpStatusCode.OK);
            var made = (await api.PostAsync($"{seat}/key")).Is(HttpStatusCode.Created).String("secret");
            (await host.SpendAsync(made, tokens)).Is(HttpStatusCode.OK);
            return made;
        }
    }

    private Task<string?> ActionsAsync(string target) => host.QueryAsync<string>(
        "select string_agg(action, ',' order by id) from audit_log where target = $1", target);
}
