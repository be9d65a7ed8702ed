using System.Net;
using Xunit;

namespace Sluice.Api.Tests.Management.QuotaRequests;

[Collection<MembersNode>]
public sealed class QuotaRequestTests(NodeHost host)
{
    private readonly ApiCaller _api = host.Operator();

    [Fact]
    public async Task AnApprovedRequest_SetsTheQuota_AndIsInForceWhenThatReturns()
    {
        await _api.PriceAsync(
            "JPY", """[{"model": "*", "metric": "text_tokens", "per": 1, "amount": 1, "credits": 0}]""");
        var owner = await Person.OwnerAsync(host);
        var secret = (await owner.TakeKeyAsync()).String("secret");
        await _api.PutAsync($"{owner.TenantPath}/quota", new { amount = 10 });
        (await host.SpendAsync(secret, 10)).Is(HttpStatusCode.OK);
        (await host.SpendAsync(secret, 1)).Is(HttpStatusCode.TooManyRequests);

        var request = (await AskAsync(owner, 15.5m)).Is(HttpStatusCode.Created);
        Assert.Equal(
            ("open", owner.TenantId, owner.MemberId, "15.5", "launch"),
            (request.String("state"), request.String("tenantId"), request.String("createdBy"),
                request["amount"].GetRawText(), request.String("reason")));
        var approved = (await _api.PostAsync(
            $"/api/v1/quota-requests/{request.String("id")}/approve", new { note = "good luck" }))
            .Is(HttpStatusCode.OK);

        Assert.Equal(
            ("approved", "operator", "good luck", "15.5"),
            (approved.String("state"), approved.String("decidedBy"), approved.String("note"),
                approved["approvedAmount"].GetRawText()));
        (await host.SpendAsync(secret, 5)).Is(HttpStatusCode.OK);
        (await host.SpendAsync(secret, 1)).Is(HttpStatusCode.TooManyRequests);
        var quota = Assert.Single((await owner.Api.GetAsync($"{owner.TenantPath}/limits")).Items());
        Assert.Equal(
            ("quota", "15.5"), (quota.GetProperty("source").GetString(), quota.GetProperty("value").GetRawText()));
        var seen = Assert.Single((await owner.Api.GetAsync($"{owner.TenantPath}/quota-requests")).Items());
        Assert.Equal("approved", seen.GetProperty("state").GetString());
    }

    [Fact]
    public async Task TheOperator_MayApproveLess()
    {
        var owner = await Person.OwnerAsync(host);
        await _api.PutAsync($"{owner.TenantPath}/quota", new { amount = 10 });
        var request = await AskAsync(owner, 100);

        (await _api.PostAsync($"/api/v1/quota-requests/{request.String("id")}/approve", new { amount = 0 }))
            .BreaksRules("amount: not-more");
        (await _api.PostAsync($"/api/v1/quota-requests/{request.String("id")}/approve", new { amount = 40 }))
            .Is(HttpStatusCode.OK);

        var quota = Assert.Single((await owner.Api.GetAsync($"{owner.TenantPath}/limits")).Items());
        Assert.Equal(40, quota.GetProperty("value").GetInt32());
    }

    [Fact]
    public async Task Approving_NeverLowersTheQuota()
    {
        var owner = await Person.OwnerAsync(host);
        await _api.PutAsync($"{owner.TenantPath}/quota", new { amount = 1000 });
        var path = $"/api/v1/quota-requests/{(await AskAsync(owner, 2000)).String("id")}";

        foreach (var amount in new[] { 10, 1000 })
            (await _api.PostAsync($"{path}/approve", new { amount })).BreaksRules("amount: not-more");
        await _api.PutAsync($"{owner.TenantPath}/quota", new { amount = 5000 });
        foreach (var body in new[] { null, new { note = "late" } })
        {
            var stale = await _api.PostAsync($"{path}/approve", body);
            stale.ConflictsWith("5000");
            Assert.Contains("5000", stale.String("detail"));
        }

        var quota = Assert.Single((await owner.Api.GetAsync($"{owner.TenantPath}/limits")).Items());
        Assert.Equal(5000, quota.GetProperty("value").GetInt32());
        Assert.Equal(0L, await host.QueryAsync<long>(
            "select count(*) from mail where tenant_id = $1", Scene.IdOf(owner.TenantId)));
        (await _api.PostAsync($"{path}/approve", new { amount = 6000 })).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task ADeniedRequest_LeavesTheQuota_AndNothingIsDecidedTwice()
    {
        var owner = await Person.OwnerAsync(host);
        await _api.PutAsync($"{owner.TenantPath}/quota", new { amount = 10 });
        var path = $"/api/v1/quota-requests/{(await AskAsync(owner, 100)).String("id")}";

        Assert.Equal("denied", (await _api.PostAsync($"{path}/deny")).Is(HttpStatusCode.OK).String("state"));

        (await _api.PostAsync($"{path}/approve")).ConflictsWith("operator");
        (await _api.PostAsync($"{path}/deny", "{}")).ConflictsWith("operator");
        var quota = Assert.Single((await owner.Api.GetAsync($"{owner.TenantPath}/limits")).Items());
        Assert.Equal(10, quota.GetProperty("value").GetInt32());
        (await _api.PostAsync("/api/v1/quota-requests/q00000000001/deny"))
            .IsProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task OfManyDecisionsAtOnce_OneCounts()
    {
        var owner = await Person.OwnerAsync(host);
        var path = $"/api/v1/quota-requests/{(await AskAsync(owner, 100)).String("id")}";

        var answers = await Task.WhenAll(Enumerable.Range(0, 20)
            .Select(i => _api.PostAsync(i % 2 == 0 ? $"{path}/approve" : $"{path}/deny")));

        var done = Assert.Single(answers, static a => a.Status == HttpStatusCode.OK);
        Assert.All(answers.Where(a => a != done), static a => a.ConflictsWith("operator"));
        Assert.Equal(1L, await host.QueryAsync<long>(
            "select count(*) from mail where tenant_id = $1", Scene.IdOf(owner.TenantId)));
    }

    [Fact]
    public async Task OwnerAndAdministrators_GetMail_OneEach()
    {
        var owner = await Person.OwnerAsync(host);
        var (administrator, member) = (await owner.HireAsync(host, "administrator"), await owner.HireAsync(host));
        // One without an address gets none, and keeps nobody else from theirs.
        (await _api.PostAsync(owner.MembersPath(), new { userName = "silent", role = "administrator" }))
            .Is(HttpStatusCode.Created);
        var request = (await AskAsync(administrator, 100)).Is(HttpStatusCode.Created);
        (await AskAsync(member, 100)).Lacks("quota:request");

        await _api.PostAsync($"/api/v1/quota-requests/{request.String("id")}/deny", new { note = "not yet" });

        Assert.Equal(
            $"ada@example.com {administrator.UserName}@example.com",
            await host.QueryAsync<string>(
                """
                select string_agg(coalesce(recipients[1], '?'), ' ' order by recipients[1]) from mail
                where tenant_id = $1 and kind = 'quota_decided' and state = 0 and language = 'en'
                  and model->>'state' = 'denied' and model->>'amount' = '100' and model->>'note' = 'not yet'
                """,
                Scene.IdOf(owner.TenantId)));
    }

    [Fact]
    public async Task ATenant_CanOnlyAskForMore_AndSayWhy()
    {
        var owner = await Person.OwnerAsync(host);
        await _api.PutAsync($"{owner.TenantPath}/quota", new { amount = 10 });

        (await AskAsync(owner, 10)).BreaksRules("amount: not-more");
        (await owner.Api.PostAsync($"{owner.TenantPath}/quota-requests", "{}"))
            .BreaksRules("amount: required", "reason: required");
        foreach (var reason in new[] { "a\rb", "a\tb", "a\0b", "a\u001bb", "a\u0085b", "a\n", "\r\na" })
        {
            (await owner.Api.PostAsync($"{owner.TenantPath}/quota-requests", new { amount = 20, reason }))
                .BreaksRules("reason: text-form");
        }

        (await owner.Api.PostAsync("/api/v1/quota-requests", "{}")).Lacks("quota:set");
        (await owner.Api.GetAsync("/api/v1/quota-requests")).Lacks("quota:set");
    }

    [Fact]
    public async Task TheOperator_EntersRequestsToo_AndSeesThoseOfAllTenantsByState()
    {
        var (one, two) = (await Person.OwnerAsync(host), await Person.OwnerAsync(host));
        var first = (await AskAsync(one, 100)).Is(HttpStatusCode.Created).String("id");
        var second = (await _api.PostAsync(
            "/api/v1/quota-requests", new { tenantId = two.TenantId, amount = 5, reason = "by phone" }))
            .Is(HttpStatusCode.Created).String("id");
        (await _api.PostAsync(
            "/api/v1/quota-requests", new { tenantId = "t00000000001", amount = 5, reason = "by phone" }))
            .IsProblem(HttpStatusCode.NotFound, "not-found");
        await _api.PostAsync($"/api/v1/quota-requests/{first}/deny");

        var open = await IdsAsync("?state=open&limit=500");
        var denied = await IdsAsync("?state=denied&limit=500");

        Assert.Contains(second, open);
        Assert.DoesNotContain(first, open);
        Assert.Contains(first, denied);
        Assert.DoesNotContain(second, denied);
        (await _api.GetAsync("/api/v1/quota-requests?state=lost")).BreaksRules("state: one-of");
        Assert.Equal([second], (await two.Api.GetAsync($"{two.TenantPath}/quota-requests")).Items()
            .Select(static item => item.GetProperty("id").GetString()!));
    }

    private static Task<Answer> AskAsync(Person person, decimal amount) =>
        person.Api.PostAsync($"{person.TenantPath}/quota-requests", new { amount, reason = "launch" });

    private async Task<List<string>> IdsAsync(string query) =>
        [.. (await _api.GetAsync($"/api/v1/quota-requests{query}")).Items()
            .Select(static item => item.GetProperty("id").GetString()!)];
}
