using System.Net;
using System.Text.Json;
using Xunit;

namespace Sluice.Api.Tests.Management.Limits;

/// <summary>Who sees which limits, and who sets those of keys.</summary>
[Collection<SettingsNode>]
public sealed class LimitSightTests(NodeHost host)
{
    private readonly ApiCaller _api = host.Operator();

    [Fact]
    public async Task EveryLimit_SaysWhoSetsIt_AndAmountsWhatStandsAboveThem()
    {
        var owner = await Person.OwnerAsync(host);
        var (project, key, _) = await owner.OpenProjectAsync(host);
        await owner.SubscribeAsync(host, 1, 7);
        await _api.PutAsync($"{owner.TenantPath}/quota", new { amount = 100 });
        await _api.PutAsync($"{owner.TenantPath}/limits/amount", new { blocked = 80 });
        await _api.PutAsync($"{owner.TenantPath}/projects/{project}/limits/amount", new { blocked = 90 });
        await _api.PutAsync($"{owner.TenantPath}/keys/{key}/limits/amount", new { blocked = 70 });
        await _api.PutAsync(
            $"{owner.TenantPath}/usage-thresholds", new { metrics = new { requests = new { blocked = 5 } } });

        Assert.Equal(
            [
                "tenant amount quota 100: operator, ceiling ",
                "tenant amount limit 80: tenant_administrator, ceiling 100",
                "tenant requests threshold 5: operator, ceiling ",
                "project amount limit 90: tenant_administrator, ceiling 80", "seat credits plan 7: plan, ceiling ",
                "key amount key 70: key_manager, ceiling 80",
            ],
            (await owner.Api.GetAsync($"{owner.TenantPath}/limits")).Items().Select(Describe));

        // A quota below the tenant's own limit does not change that limit; the lower one counts.
        await _api.PutAsync($"{owner.TenantPath}/quota", new { amount = 60 });
        var after = (await owner.Api.GetAsync($"{owner.TenantPath}/limits")).Items().Select(Describe).ToList();
        Assert.Contains("tenant amount limit 80: tenant_administrator, ceiling 60", after);
        Assert.Contains("key amount key 70: key_manager, ceiling 60", after);
    }

    [Fact]
    public async Task AQuotaBelowTheTenantsLimit_IsWhatRefuses()
    {
        await _api.PriceAsync(
            "JPY", """[{"model": "*", "metric": "text_tokens", "per": 1, "amount": 1, "credits": 0}]""");
        var owner = await Person.OwnerAsync(host);
        var secret = (await owner.TakeKeyAsync()).String("secret");
        await _api.PutAsync($"{owner.TenantPath}/quota", new { amount = 100 });
        await _api.PutAsync($"{owner.TenantPath}/limits/amount", new { blocked = 80 });

        await _api.PutAsync($"{owner.TenantPath}/quota", new { amount = 10 });

        (await host.SpendAsync(secret, 10)).Is(HttpStatusCode.OK);
        var refused = (await host.SpendAsync(secret, 1)).IsProblem(HttpStatusCode.TooManyRequests, "limit-reached");
        Assert.Equal(
            ("quota", "operator"),
            (refused["limit"].GetProperty("source").GetString(), refused.String("raisedBy")));
    }

    [Fact]
    public async Task APlainMember_SeesTheTenantsLimits_AndThoseOfItsProjectsKeysAndSeat()
    {
        var owner = await Person.OwnerAsync(host);
        var member = await owner.HireAsync(host);
        var (own, ownKey, _) = await owner.OpenProjectAsync(host);
        var (other, otherKey, _) = await owner.OpenProjectAsync(host);
        await member.PutIntoAsync(host, own);
        var personal = (await member.TakeKeyAsync()).String("id");
        var others = (await owner.TakeKeyAsync()).String("id");
        var plan = await owner.SubscribeAsync(host, 2);
        await _api.AssignAsync(owner.SeatPath(plan), member);
        var blocked = new { blocked = 5, recipients = new[] { "boss@example.com" } };
        await _api.PutAsync($"{owner.TenantPath}/limits/amount", blocked);
        foreach (var project in new[] { own, other })
            await _api.PutAsync($"{owner.TenantPath}/projects/{project}/limits/amount", blocked);
        foreach (var key in new[] { ownKey, otherKey, personal, others })
            await _api.PutAsync($"{owner.TenantPath}/keys/{key}/limits/requests", blocked);

        var seen = (await member.Api.GetAsync($"{owner.TenantPath}/limits")).Items();

        Assert.Equal(
            new[] { owner.TenantId, own, plan["seatIds"][0].GetString()!, ownKey, personal }.Order(),
            seen.Select(static limit => limit.GetProperty("scopeId").GetString()!).Order());
        Assert.Equal(0, seen.Single(static limit => limit.GetProperty("scope").GetString() == "tenant")
            .GetProperty("recipients").GetArrayLength());
        Assert.Equal(9, (await owner.Api.GetAsync($"{owner.TenantPath}/limits")).Items().Count);
    }

    [Fact]
    public async Task AKeysLimit_IsSetByWhoManagesTheKey_AndAKeyOutOfSightIsNotThere()
    {
        var owner = await Person.OwnerAsync(host);
        var (chief, member, outsider) = (
            await owner.HireAsync(host), await owner.HireAsync(host), await owner.HireAsync(host));
        var (project, projectKey, _) = await owner.OpenProjectAsync(host);
        await chief.PutIntoAsync(host, project, "project_administrator");
        await member.PutIntoAsync(host, project);
        var personal = (await member.TakeKeyAsync()).String("id");
        var seat = owner.SeatPath(await owner.SubscribeAsync(host));
        await _api.AssignAsync(seat, member);
        var seatKey = (await _api.PostAsync($"{seat}/key")).String("id");
        Func<Person, string, Task<Answer>> set = (who, key) =>
            who.Api.PutAsync($"{owner.TenantPath}/keys/{key}/limits/requests", new { blocked = 5 });
        Func<Person, string, Task<Answer>> get = (who, key) => who.Api.GetAsync($"{owner.TenantPath}/keys/{key}");

        foreach (var (act, permission) in new[] { (set, "key-limits:set"), (get, "keys:read") })
        {
            foreach (var key in new[] { projectKey, personal, seatKey })
                (await act(owner, key)).Is(HttpStatusCode.OK);
            (await act(chief, projectKey)).Is(HttpStatusCode.OK);
            (await act(member, personal)).Is(HttpStatusCode.OK);
            (await act(member, projectKey)).Lacks(permission);
            (await act(member, seatKey)).Lacks(permission);
            foreach (var key in new[] { projectKey, personal, seatKey })
                (await act(outsider, key)).IsProblem(HttpStatusCode.NotFound, "not-found");
            foreach (var key in new[] { personal, seatKey })
                (await act(chief, key)).IsProblem(HttpStatusCode.NotFound, "not-found");
        }
    }

    private static string Describe(JsonElement limit) =>
        $"{limit.GetProperty("scope")} {limit.GetProperty("metric")} {limit.GetProperty("source")} "
        + $"{limit.GetProperty("value")}: {limit.GetProperty("setBy")}, ceiling {limit.GetProperty("ceiling")}";
}
