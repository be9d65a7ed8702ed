using System.Net;
using Xunit;

namespace Sluice.Api.Tests.Management.Boosts;

public abstract class BoostTests(NodeHost host)
{
    public sealed class OnOneNode(NodeHost host) : BoostTests(host), IClassFixture<NodeHost>;

    public sealed class OnThreeNodes(ThreeNodes host) : BoostTests(host), IClassFixture<ThreeNodes>;

    private readonly ApiCaller _api = host.Operator();

    [Fact]
    public async Task ABoost_RaisesTheLimitAtOnce_AndEndsByItself()
    {
        var customer = await Customer.CreateAsync(host);
        await customer.LimitKeyAsync("text_tokens", 10);
        (await customer.UseAsync(10)).Is(HttpStatusCode.OK);
        (await customer.UseAsync(1)).Is(HttpStatusCode.TooManyRequests);

        var boost = (await BoostKeyAsync(customer, 15, TimeSpan.FromMinutes(10))).Is(HttpStatusCode.Created);

        (await customer.UseAsync(4)).Is(HttpStatusCode.OK);
        (await customer.UseAsync(2)).Is(HttpStatusCode.TooManyRequests);
        var listed = Assert.Single((await _api.GetAsync($"{customer.TenantPath}/boosts")).Items());
        Assert.Equal(
            (boost.String("id"), "key", customer.KeyId, "text_tokens", "key", 10, 15, "operator"),
            (listed.GetProperty("id").GetString(), listed.GetProperty("scope").GetString(),
                listed.GetProperty("scopeId").GetString(), listed.GetProperty("metric").GetString(),
                listed.GetProperty("source").GetString(), listed.GetProperty("limit").GetInt32(),
                listed.GetProperty("value").GetInt32(), listed.GetProperty("createdBy").GetString()));
        var limit = Assert.Single((await _api.GetAsync($"{customer.TenantPath}/limits")).Items());
        Assert.Equal(15, limit.GetProperty("boostedValue").GetInt32());
        Assert.Equal(boost.String("until"), limit.GetProperty("boostedUntil").GetString());

        host.Time.Turn(TimeSpan.FromMinutes(10));
        (await customer.UseAsync(1)).Is(HttpStatusCode.TooManyRequests);
        Assert.Empty((await _api.GetAsync($"{customer.TenantPath}/boosts")).Items());
        (await BoostKeyAsync(customer, 20, TimeSpan.FromMinutes(10))).Is(HttpStatusCode.Created);
        (await customer.UseAsync(6)).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task ABoostThatIsDeleted_IsOverWhenThatReturns()
    {
        var customer = await Customer.CreateAsync(host);
        await customer.LimitKeyAsync("text_tokens", 10);
        var boost = (await BoostKeyAsync(customer, 20, TimeSpan.FromHours(1))).Is(HttpStatusCode.Created);
        (await customer.UseAsync(12)).Is(HttpStatusCode.OK);
        var path = $"{customer.TenantPath}/boosts/{boost.String("id")}";

        (await _api.DeleteAsync(path)).Is(HttpStatusCode.NoContent);

        (await customer.UseAsync(1)).Is(HttpStatusCode.TooManyRequests);
        (await _api.DeleteAsync(path)).IsProblem(HttpStatusCode.NotFound, "not-found");
        Assert.Equal(
            "boost.created,boost.ended",
            await host.QueryAsync<string>(
                "select string_agg(action, ',' order by id) from audit_log where target = $1", boost.String("id")));
    }

    [Fact]
    public async Task ABoost_FollowsTheLimitWhoseValueIsSetAnew()
    {
        var customer = await Customer.CreateAsync(host);
        await customer.LimitKeyAsync("text_tokens", 10);
        var boost = (await BoostKeyAsync(customer, 20, TimeSpan.FromHours(1))).Is(HttpStatusCode.Created);

        await customer.LimitKeyAsync("text_tokens", 12);

        var listed = Assert.Single((await _api.GetAsync($"{customer.TenantPath}/boosts")).Items());
        Assert.Equal(
            (boost.String("id"), 12, 20),
            (listed.GetProperty("id").GetString(), listed.GetProperty("limit").GetInt32(),
                listed.GetProperty("value").GetInt32()));
        await customer.LimitKeyAsync("text_tokens", null);
        Assert.Empty((await _api.GetAsync($"{customer.TenantPath}/boosts")).Items());
    }

    [Fact]
    public async Task ABoost_NamesTheRuleThatItBreaks()
    {
        var customer = await Customer.CreateAsync(host);
        await customer.LimitKeyAsync("text_tokens", 10);

        (await _api.PostAsync($"{customer.TenantPath}/boosts", "{}")).BreaksRules(
            "scope: required", "scopeId: required", "metric: metric-unknown", "value: required", "until: required");
        (await BoostKeyAsync(customer, 10, TimeSpan.FromHours(1))).BreaksRules("value: not-a-raise");
        (await BoostKeyAsync(customer, 11, TimeSpan.FromHours(-1))).BreaksRules("until: until-past");
        (await BoostKeyAsync(customer, 11, TimeSpan.FromDays(367))).BreaksRules("until: until-range");
        (await BoostAsync(customer, "account", customer.TenantId, "text_tokens", 11)).BreaksRules("scope: one-of");
        (await BoostAsync(customer, "key", customer.KeyId, "text_tokens", 11, "x")).BreaksRules("source: one-of");
        (await BoostAsync(customer, "key", customer.KeyId, "requests", 11))
            .IsProblem(HttpStatusCode.Conflict, "conflict");
        (await BoostAsync(customer, "key", "k00000000001", "requests", 11))
            .IsProblem(HttpStatusCode.NotFound, "not-found");
        (await BoostAsync(customer, "project", "p00000000001", "amount", 11))
            .IsProblem(HttpStatusCode.NotFound, "not-found");
        (await BoostAsync(customer, "tenant", "t00000000001", "amount", 11))
            .IsProblem(HttpStatusCode.NotFound, "not-found");
        var first = (await BoostKeyAsync(customer, 11, TimeSpan.FromHours(1))).Is(HttpStatusCode.Created);
        (await BoostKeyAsync(customer, 12, TimeSpan.FromHours(1))).ConflictsWith(first.String("id"));
    }

    [Fact]
    public async Task WhereSeveralSourcesLimitTheSame_TheOneMeantHasToBeNamed_AndTheTenantsOwnStaysBelowTheQuota()
    {
        var owner = await Person.OwnerAsync(host);
        await _api.PutAsync($"{owner.TenantPath}/quota", new { amount = 100 });
        await _api.PutAsync($"{owner.TenantPath}/limits/amount", new { blocked = 50 });
        Task<Answer> Boost(ApiCaller api, decimal value, string? source = null) =>
            api.PostAsync($"{owner.TenantPath}/boosts", Body("tenant", owner.TenantId, "amount", value, source));

        (await Boost(_api, 80)).BreaksRules("source: required");
        (await Boost(owner.Api, 100.000001m)).BreaksRules("value: above-quota");
        (await Boost(owner.Api, 200, "quota")).Lacks("quota:set");
        (await Boost(_api, 200, "quota")).Is(HttpStatusCode.Created);
        // This raises the only limit of the tenant that its owner may boost, now up to the boosted quota.
        var own = (await Boost(owner.Api, 150)).Is(HttpStatusCode.Created);

        Assert.Equal(("limit", owner.MemberId), (own.String("source"), own.String("createdBy")));
        Assert.Equal(2, (await owner.Api.GetAsync($"{owner.TenantPath}/boosts")).Items().Count);
        var quota = (await _api.GetAsync($"{owner.TenantPath}/boosts")).Items()
            .Single(b => b.GetProperty("source").GetString() == "quota").GetProperty("id").GetString();
        (await owner.Api.DeleteAsync($"{owner.TenantPath}/boosts/{quota}")).Lacks("quota:set");
    }

    [Fact]
    public async Task WhereSeveralPeriodsAreLimited_TheOneMeantHasToBeNamed()
    {
        var customer = await Customer.CreateAsync(host);
        await customer.LimitKeyAsync("text_tokens", 10);
        await customer.LimitKeyAsync("text_tokens", 5, "day");
        (await BoostKeyAsync(customer, 20, TimeSpan.FromHours(1))).BreaksRules("period: required");

        var boost = await _api.PostAsync($"{customer.TenantPath}/boosts", new
        {
            scope = "key",
            scopeId = customer.KeyId,
            metric = "text_tokens",
            value = 7,
            until = host.Time.GetUtcNow().AddHours(1),
            period = "day",
        });

        Assert.Equal("day", boost.Is(HttpStatusCode.Created).String("period"));
        (await customer.UseAsync(7)).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task WhoMaySetALimit_MayBoostIt_AndNobodyElse()
    {
        var owner = await Person.OwnerAsync(host);
        var (chief, member, outsider) = (
            await owner.HireAsync(host), await owner.HireAsync(host), await owner.HireAsync(host));
        var (project, key, _) = await owner.OpenProjectAsync(host);
        await chief.PutIntoAsync(host, project, "project_administrator");
        await member.PutIntoAsync(host, project);
        var seat = owner.SeatPath(await owner.SubscribeAsync(host));
        await _api.AssignAsync(seat, member);
        await _api.PutAsync($"{owner.TenantPath}/keys/{key}/limits/requests", new { blocked = 5 });
        await _api.PutAsync($"{owner.TenantPath}/projects/{project}/limits/amount", new { blocked = 5 });
        await _api.PutAsync($"{owner.TenantPath}/limits/amount", new { blocked = 5 });
        await _api.PutAsync(
            $"{owner.TenantPath}/usage-thresholds", new { metrics = new { text_tokens = new { blocked = 5 } } });
        Task<Answer> Boost(Person who, string scope, string scopeId, string metric) =>
            who.Api.PostAsync($"{owner.TenantPath}/boosts", Body(scope, scopeId, metric, 1_000));
        var seatId = seat.Split('/')[^1];

        (await Boost(member, "key", key, "requests")).Lacks("key-limits:set");
        (await Boost(outsider, "key", key, "requests")).IsProblem(HttpStatusCode.NotFound, "not-found");
        var onKey = (await Boost(chief, "key", key, "requests")).Is(HttpStatusCode.Created);
        (await Boost(chief, "project", project, "amount")).Lacks("limits:set");
        (await Boost(outsider, "project", project, "amount")).IsProblem(HttpStatusCode.NotFound, "not-found");
        (await Boost(member, "tenant", owner.TenantId, "amount")).Lacks("limits:set");
        (await Boost(member, "seat", seatId, "credits")).Lacks("plans:set");
        (await Boost(outsider, "seat", seatId, "credits")).IsProblem(HttpStatusCode.NotFound, "not-found");
        (await Boost(owner, "seat", seatId, "credits")).Lacks("plans:set");
        (await Boost(owner, "tenant", owner.TenantId, "text_tokens")).Lacks("thresholds:set");
        (await Boost(owner, "project", project, "amount")).Is(HttpStatusCode.Created);
        (await Boost(owner, "tenant", owner.TenantId, "amount")).Is(HttpStatusCode.Created);
        (await _api.PostAsync($"{owner.TenantPath}/boosts", Body("seat", seatId, "credits", 1_000)))
            .Is(HttpStatusCode.Created);
        (await _api.PostAsync($"{owner.TenantPath}/boosts", Body("tenant", owner.TenantId, "text_tokens", 1_000)))
            .Is(HttpStatusCode.Created);

        Assert.Equal(5, (await owner.Api.GetAsync($"{owner.TenantPath}/boosts")).Items().Count);
        Assert.Equal(2, (await outsider.Api.GetAsync($"{owner.TenantPath}/boosts")).Items().Count);
        var path = $"{owner.TenantPath}/boosts/{onKey.String("id")}";
        (await outsider.Api.DeleteAsync(path)).IsProblem(HttpStatusCode.NotFound, "not-found");
        (await member.Api.DeleteAsync(path)).Lacks("key-limits:set");
        (await chief.Api.DeleteAsync(path)).Is(HttpStatusCode.NoContent);
    }

    private object Body(
        string scope, string scopeId, string metric, decimal value, string? source = null, TimeSpan? lasts = null) =>
        new
        {
            scope,
            scopeId,
            metric,
            value,
            source,
            until = host.Time.GetUtcNow() + (lasts ?? TimeSpan.FromHours(1)),
        };

    private Task<Answer> BoostAsync(
        Customer customer, string scope, string scopeId, string metric, decimal value, string? source = null) =>
        _api.PostAsync($"{customer.TenantPath}/boosts", Body(scope, scopeId, metric, value, source));

    private Task<Answer> BoostKeyAsync(Customer customer, decimal value, TimeSpan lasts) => _api.PostAsync(
        $"{customer.TenantPath}/boosts", Body("key", customer.KeyId, "text_tokens", value, lasts: lasts));
}
