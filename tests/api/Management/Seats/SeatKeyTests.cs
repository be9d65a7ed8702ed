using System.Net;
using Xunit;

namespace Sluice.Api.Tests.Management.Seats;

/// <summary>Access by a seat: its key works up to its credits and its end.</summary>
public abstract class SeatKeyTests(NodeHost host) : IAsyncLifetime
{
    public sealed class OnOneNode(NodeHost host) : SeatKeyTests(host), IClassFixture<NodeHost>;

    public sealed class OnThreeNodes(ThreeNodes host) : SeatKeyTests(host), IClassFixture<ThreeNodes>;

    private readonly ApiCaller _api = host.Operator();

    public async ValueTask InitializeAsync() => await _api.PriceAsync(
        "JPY", """[{"model": "*", "metric": "text_tokens", "per": 1, "amount": 0.5, "credits": 1}]""");

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task ASeatKey_IsMadeForAnAssignedSeat_Once_AndHandedOverWithTheAddress()
    {
        var owner = await Person.OwnerAsync(host);
        var seat = owner.SeatPath(await owner.SubscribeAsync(host));
        (await owner.Api.PostAsync($"{seat}/key")).IsProblem(HttpStatusCode.Conflict, "conflict");
        await owner.Api.AssignAsync(seat, owner);

        var key = (await owner.Api.PostAsync($"{seat}/key")).Is(HttpStatusCode.Created);

        Assert.StartsWith("sk_seat_", key.String("secret"));
        Assert.StartsWith("http://127.0.0.1", key.String("baseUrl"));
        (await owner.Api.PostAsync($"{seat}/key")).ConflictsWith(key.String("id"));
        var shown = (await owner.Api.GetAsync($"{seat}/key")).Is(HttpStatusCode.OK);
        Assert.Equal(
            ("seat", owner.MemberId, seat.Split('/')[^1]),
            (shown.String("kind"), shown.String("memberId"), shown.String("seatId")));
        var listed = Assert.Single((await owner.Api.GetAsync($"{owner.TenantPath}/seats")).Items());
        Assert.Equal(key.String("id"), listed.GetProperty("keyId").GetString());
    }

    [Fact]
    public async Task ItsUsage_CountsInSeatAndTenant_UpToTheCreditsOfThePlan()
    {
        var (owner, seat, secret) = await HolderAsync(credits: 10);
        var seatId = seat.Split('/')[^1];

        (await host.SpendAsync(secret, 8)).Is(HttpStatusCode.OK);
        var refused = (await host.SpendAsync(secret, 3)).IsProblem(HttpStatusCode.TooManyRequests, "limit-reached");
        (await host.SpendAsync(secret, 2)).Is(HttpStatusCode.OK);
        (await host.SpendAsync(secret, 1)).Is(HttpStatusCode.TooManyRequests);

        Assert.Equal("plan", refused.String("raisedBy"));
        var limit = refused["limit"];
        Assert.Equal(
            ("seat", seatId, "credits", "plan", 10, 8),
            (limit.GetProperty("scope").GetString(), limit.GetProperty("scopeId").GetString(),
                limit.GetProperty("metric").GetString(), limit.GetProperty("source").GetString(),
                limit.GetProperty("limit").GetInt32(), limit.GetProperty("used").GetInt32()));
        var scopes = (await host.Bearing(secret).GetAsync("/v1/limits")).Is(HttpStatusCode.OK)["scopes"];
        Assert.Equal(
            ["key", "seat", "tenant"], scopes.EnumerateArray().Select(s => s.GetProperty("scope").GetString()!));
        foreach (var scope in new[] { seatId, owner.TenantId })
            Assert.Equal(10, await Eventually.IsAsync(() => UsedAsync(owner, scope), 10));
        var usage = await Eventually.BecomesAsync(
            () => _api.GetAsync($"{owner.TenantPath}/usage?metric=credits&groupBy=seat,member&from=2026-11-01"),
            static answer => answer.Items().Any(row => row.GetProperty("value").GetInt32() == 10));
        usage.IsJson(
            $$"""
            {"items": [{"seat": "{{seatId}}", "member": "{{owner.MemberId}}", "seatName": "ada", "memberName": "ada",
                        "metric": "credits", "value": 10}]}
            """);
    }

    [Fact]
    public async Task Reclaiming_Regenerating_AndDeleting_KillTheKeyBeforeTheyReturn()
    {
        var (owner, seat, first) = await HolderAsync();
        (await host.SpendAsync(first)).Is(HttpStatusCode.OK);

        var second = (await owner.Api.PostAsync($"{seat}/key/regenerate")).Is(HttpStatusCode.OK).String("secret");
        (await host.SpendAsync(first)).Is(HttpStatusCode.Unauthorized);
        (await host.SpendAsync(second)).Is(HttpStatusCode.OK);
        (await owner.Api.DeleteAsync($"{seat}/key")).Is(HttpStatusCode.NoContent);
        (await host.SpendAsync(second)).Is(HttpStatusCode.Unauthorized);
        var third = (await owner.Api.PostAsync($"{seat}/key")).Is(HttpStatusCode.Created).String("secret");
        (await host.SpendAsync(third)).Is(HttpStatusCode.OK);
        (await owner.Api.PostAsync($"{seat}/reclaim")).Is(HttpStatusCode.OK);
        (await host.SpendAsync(third)).Is(HttpStatusCode.Unauthorized);

        (await owner.Api.PostAsync($"{seat}/key/regenerate")).IsProblem(HttpStatusCode.NotFound, "not-found");
        var member = await owner.HireAsync(host);
        (await owner.Api.AssignAsync(seat, member)).Is(HttpStatusCode.OK);
        (await host.SpendAsync(third)).Is(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task AtThePlansEnd_TheKeyStopsAtThatInstant_AndARenewalDoesNotBringItBack()
    {
        var (owner, seat, secret) = await HolderAsync(lasts: TimeSpan.FromHours(1));
        (await host.SpendAsync(secret)).Is(HttpStatusCode.OK);
        var plan = Assert.Single((await _api.GetAsync($"{owner.TenantPath}/subscriptions")).Items());

        // No node is notified here: the node itself must notice that the time has come.
        host.Time.Turn(plan.GetProperty("expiresAt").GetDateTimeOffset() - host.Time.GetUtcNow());

        (await host.SpendAsync(secret)).IsProblem(HttpStatusCode.Unauthorized, "unauthorized");
        (await host.Bearing(secret).GetAsync("/v1/limits")).Is(HttpStatusCode.Unauthorized);
        var seats = await _api.GetAsync($"{owner.TenantPath}/seats");
        Assert.Equal(1, seats["expired"].GetInt32());
        Assert.Equal("expired", Assert.Single(seats.Items()).GetProperty("state").GetString());
        (await _api.AssignAsync(seat, owner)).ConflictsWith(plan.GetProperty("id").GetString()!);
        (await _api.DeleteAsync($"{seat}/key")).Is(HttpStatusCode.NoContent);
        (await _api.PostAsync($"{seat}/key")).ConflictsWith(plan.GetProperty("id").GetString()!);

        await RenewAsync(owner, TimeSpan.FromHours(1));

        seats = await _api.GetAsync($"{owner.TenantPath}/seats");
        Assert.Equal((0, 1), (seats["assigned"].GetInt32(), seats["unassigned"].GetInt32()));
        (await host.SpendAsync(secret)).Is(HttpStatusCode.Unauthorized);
        (await _api.AssignAsync(seat, owner)).Is(HttpStatusCode.OK);
        (await host.SpendAsync(secret)).Is(HttpStatusCode.Unauthorized);
        var again = (await _api.PostAsync($"{seat}/key")).Is(HttpStatusCode.Created).String("secret");
        (await host.SpendAsync(again)).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task ARenewedSeat_ComesBackWithFreshCredits()
    {
        var (owner, seat, secret) = await HolderAsync(credits: 10, lasts: TimeSpan.FromHours(1));
        await WarnAtAsync(seat, 80);
        (await host.SpendAsync(secret, 7)).Is(HttpStatusCode.OK);
        (await host.SpendAsync(secret, 4)).Is(HttpStatusCode.TooManyRequests);
        host.Time.Turn(TimeSpan.FromHours(1));
        await RenewAsync(owner, TimeSpan.FromHours(1));

        (await _api.AssignAsync(seat, owner)).Is(HttpStatusCode.OK);
        var again = (await _api.PostAsync($"{seat}/key")).Is(HttpStatusCode.Created).String("secret");

        Assert.Equal((10, 0), await CreditsAsync(owner));
        var spent = (await host.SpendAsync(again, 7)).Is(HttpStatusCode.OK);
        // The warning at 80 % is of the new period's credits too.
        Assert.Equal("ok", spent.String("state"));
        Assert.Equal("warning", (await host.SpendAsync(again, 2)).Is(HttpStatusCode.OK).String("state"));
        (await host.SpendAsync(again, 2)).IsProblem(HttpStatusCode.TooManyRequests, "limit-reached");
        (await host.SpendAsync(again, 1)).Is(HttpStatusCode.OK);
        Assert.Equal((10, 10), await Eventually.IsAsync(() => CreditsAsync(owner), (10, 10)));
        // Nothing that was used is forgotten.
        Assert.Equal(17, await Eventually.IsAsync(() => UsedAsync(owner, seat.Split('/')[^1]), 17));
    }

    [Fact]
    public async Task ATenantsOwnRenewals_BringFreshCredits_OnceAMonth_TheOperatorsAlways()
    {
        var (owner, seat, secret) = await HolderAsync(credits: 10, lasts: TimeSpan.FromMinutes(10));
        (await host.SpendAsync(secret, 7)).Is(HttpStatusCode.OK);
        foreach (var (api, left) in new[] { (owner.Api, 10), (owner.Api, 5), (_api, 10) })
        {
            host.Time.Turn(TimeSpan.FromMinutes(10));
            await RenewAsync(owner, TimeSpan.FromMinutes(10), api);
            (await _api.AssignAsync(seat, owner)).Is(HttpStatusCode.OK);
            secret = (await _api.PostAsync($"{seat}/key")).Is(HttpStatusCode.Created).String("secret");

            (await host.SpendAsync(secret, left + 1)).IsProblem(HttpStatusCode.TooManyRequests, "limit-reached");
            (await host.SpendAsync(secret, 5)).Is(HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task ARenewalInTime_BeginsNoNewPeriodOfTheCredits()
    {
        var (owner, _, secret) = await HolderAsync(credits: 10, lasts: TimeSpan.FromHours(1));
        (await host.SpendAsync(secret, 7)).Is(HttpStatusCode.OK);

        await RenewAsync(owner, TimeSpan.FromHours(3));

        (await host.SpendAsync(secret, 4)).IsProblem(HttpStatusCode.TooManyRequests, "limit-reached");
        Assert.Equal((10, 7), await Eventually.IsAsync(() => CreditsAsync(owner), (10, 7)));
    }

    [Fact]
    public async Task ARenewalInTime_CarriesTheKeyOnPastTheOldEnd()
    {
        var (owner, _, secret) = await HolderAsync(lasts: TimeSpan.FromHours(1));
        (await host.SpendAsync(secret)).Is(HttpStatusCode.OK);

        await RenewAsync(owner, TimeSpan.FromHours(3));
        host.Time.Turn(TimeSpan.FromHours(2));
        (await host.SpendAsync(secret)).Is(HttpStatusCode.OK);
        host.Time.Turn(TimeSpan.FromHours(1));

        (await host.SpendAsync(secret)).Is(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task APlanThatTheOperatorCutsShort_EndsItsKeysAtTheNewEnd()
    {
        var (owner, _, secret) = await HolderAsync(lasts: TimeSpan.FromHours(5));
        (await host.SpendAsync(secret)).Is(HttpStatusCode.OK);

        await RenewAsync(owner, TimeSpan.FromMinutes(1));
        (await host.SpendAsync(secret)).Is(HttpStatusCode.OK);
        host.Time.Turn(TimeSpan.FromMinutes(1));

        (await host.SpendAsync(secret)).Is(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task AnExpiredSeat_DoesNotKeepItsMemberFromAnother()
    {
        var (owner, seat, secret) = await HolderAsync(lasts: TimeSpan.FromMinutes(10));
        var other = owner.SeatPath(await owner.SubscribeAsync(host, lasts: TimeSpan.FromHours(4)));
        (await _api.AssignAsync(other, owner)).ConflictsWith(seat.Split('/')[^1]);
        host.Time.Turn(TimeSpan.FromMinutes(11));

        (await _api.AssignAsync(other, owner)).Is(HttpStatusCode.OK);

        var expired = (await _api.GetAsync($"{owner.TenantPath}/seats")).Items()
            .Single(s => s.GetProperty("id").GetString() == seat.Split('/')[^1]);
        Assert.Null(expired.GetProperty("memberId").GetString());
        Assert.Null(expired.GetProperty("keyId").GetString());
        (await host.SpendAsync(secret)).Is(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task ASeatKeysOwnExpiry_CountsWhereItIsEarlier()
    {
        var owner = await Person.OwnerAsync(host);
        var seat = owner.SeatPath(await owner.SubscribeAsync(host, lasts: TimeSpan.FromHours(5)));
        await _api.AssignAsync(seat, owner);
        var expiresAt = host.Time.GetUtcNow() + TimeSpan.FromMinutes(1);
        var secret = (await _api.PostAsync($"{seat}/key", new { expiresAt })).Is(HttpStatusCode.Created)
            .String("secret");
        (await host.SpendAsync(secret)).Is(HttpStatusCode.OK);

        host.Time.Turn(TimeSpan.FromMinutes(1));

        (await host.SpendAsync(secret)).Is(HttpStatusCode.Unauthorized);
    }

    /// <summary>Creates a member with a seat and its key.</summary>
    private async Task<(Person Owner, string Seat, string Secret)> HolderAsync(
        decimal credits = 100, TimeSpan? lasts = null)
    {
        var owner = await Person.OwnerAsync(host);
        var seat = owner.SeatPath(await owner.SubscribeAsync(host, 1, credits, lasts));
        (await _api.AssignAsync(seat, owner)).Is(HttpStatusCode.OK);
        var key = (await _api.PostAsync($"{seat}/key")).Is(HttpStatusCode.Created);
        return (owner, seat, key.String("secret"));
    }

    private async Task RenewAsync(Person owner, TimeSpan lasts, ApiCaller? api = null)
    {
        var plan = Assert.Single((await _api.GetAsync($"{owner.TenantPath}/subscriptions")).Items());
        (await (api ?? _api).PostAsync(
            $"{owner.TenantPath}/subscriptions/{plan.GetProperty("id").GetString()}/renew",
            new { expiresAt = host.Time.GetUtcNow() + lasts })).Is(HttpStatusCode.OK);
    }

    private async Task WarnAtAsync(string seat, int percent) =>
        (await _api.PutAsync(
            $"{seat}/limits/credits",
            new { warnings = new[] { new { percent } }, recipients = new[] { "ops@example.com" } }))
        .Is(HttpStatusCode.OK);

    /// <summary>Returns the credits of a member's own seat, as the member sees them.</summary>
    private static async Task<(int Limit, int Used)> CreditsAsync(Person person)
    {
        var seat = (await person.Api.GetAsync("/api/v1/me")).Is(HttpStatusCode.OK)["seat"];
        return (seat.GetProperty("creditsLimit").GetInt32(), seat.GetProperty("creditsUsed").GetInt32());
    }

    private async Task<int> UsedAsync(Person owner, string scopeId) =>
        (await _api.GetAsync($"{owner.TenantPath}/state")).Items()
        .Where(scope => scope.GetProperty("scopeId").GetString() == scopeId)
        .SelectMany(static scope => scope.GetProperty("metrics").EnumerateArray())
        .Where(static c => c.GetProperty("metric").GetString() == "credits"
            && c.GetProperty("period").GetString()!.Length == "2026-11".Length)
        .Sum(static c => c.GetProperty("used").GetInt32());
}
