using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Xunit;

namespace Sluice.Api.Tests.Management;

[Collection<SettingsNode>]
public sealed class TenantTests(NodeHost host)
{
    private readonly ApiCaller _api = host.Operator();

    [Fact]
    public async Task Create_AnswersWithTheTenant_ItsDefaultProjectAndItsOwner()
    {
        var created = await _api.TenantAsync();

        Assert.StartsWith("t", created.String("id"));
        Assert.StartsWith("m", created.String("ownerMemberId"));
        Assert.Equal("active", created.String("state"));
        Assert.Equal($"/api/v1/tenants/{created.String("id")}", created.Message.Headers.Location?.ToString());
        var project = await _api.GetAsync(
            $"/api/v1/tenants/{created.String("id")}/projects/{created.String("defaultProjectId")}");
        Assert.Equal("Default", project.Is(HttpStatusCode.OK).String("name"));
        Assert.True(project["isDefault"].GetBoolean());
    }

    [Fact]
    public async Task Create_KeepsTheOneTimePasswordOnlyAsAHash_ToBeChangedAtFirstSignIn()
    {
        var created = await _api.TenantAsync();
        var password = created.String("oneTimePassword");

        var hash = await host.QueryAsync<string>(
            "select password_hash from member where id = $1 and role = 0 and must_change_password",
            Scene.IdOf(created.String("ownerMemberId")));
        Assert.NotNull(hash);
        Assert.DoesNotContain(password, hash);
        Assert.NotEqual(
            PasswordVerificationResult.Failed,
            new PasswordHasher<object>().VerifyHashedPassword(new object(), hash, password));
    }

    [Fact]
    public async Task Create_RefusesASecondTenantForABillingAccount_AndNamesTheFirst()
    {
        var first = await _api.PostAsync("/api/v1/tenants", Scene.TenantRequest("account-taken"));

        var second = await _api.PostAsync("/api/v1/tenants", Scene.TenantRequest("account-taken"));

        second.IsProblem(HttpStatusCode.Conflict, "conflict");
        Assert.Equal(first.String("id"), second.String("conflictsWith"));
        Assert.Contains(first.String("id"), second.String("detail"));
    }

    [Fact]
    public async Task Create_LetsOneOfManyThroughForABillingAccount_WhenTheyComeAtOnce()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ =>
            _api.PostAsync("/api/v1/tenants", Scene.TenantRequest("account-raced"))));

        Assert.Single(answers, static answer => answer.Status == HttpStatusCode.Created);
        Assert.Equal(7, answers.Count(static answer => answer.Status == HttpStatusCode.Conflict));
    }

    [Fact]
    public async Task Create_TakesTheBillingAccountOfADeletedTenant()
    {
        var first = await _api.PostAsync("/api/v1/tenants", Scene.TenantRequest("account-free-again"));
        (await _api.DeleteAsync($"/api/v1/tenants/{first.String("id")}")).Is(HttpStatusCode.NoContent);

        (await _api.PostAsync("/api/v1/tenants", Scene.TenantRequest("account-free-again"))).Is(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Create_NamesEveryFailureAtOnce()
    {
        var answer = await _api.PostAsync("/api/v1/tenants", new
        {
            name = " ",
            billingAccountId = new string('x', 101),
            timeZone = "Mars/Olympus",
            language = "de",
            currency = "XXL",
            owner = new { userName = "1ada", email = "ada" },
        });

        answer.BreaksRules(
            "name: required",
            "billingAccountId: too-long",
            "timeZone: time-zone-unknown",
            "language: one-of",
            "currency: currency-unknown",
            "owner.userName: user-name-form",
            "owner.email: address-form");
    }

    [Fact]
    public async Task Create_AsksForEveryField()
    {
        (await _api.PostAsync("/api/v1/tenants", new { })).BreaksRules(
            "name: required",
            "billingAccountId: required",
            "timeZone: required",
            "language: required",
            "currency: required",
            "owner: required");
    }

    [Fact]
    public async Task List_PagesThroughAllTenants_OldestFirst()
    {
        var made = new List<string>();
        for (var i = 0; i < 5; i++)
            made.Add((await _api.TenantAsync()).String("id"));

        var seen = new List<string>();
        string? after = null;
        do
        {
            var page = await _api.GetAsync($"/api/v1/tenants?limit=2{(after is null ? "" : $"&after={after}")}");
            Assert.InRange(page.Is(HttpStatusCode.OK)["items"].GetArrayLength(), 1, 2);
            seen.AddRange(page["items"].EnumerateArray().Select(static item => item.GetProperty("id").GetString()!));
            after = page["next"].GetString();
        }
        while (after is not null);

        Assert.Equal(seen.Count, seen.Distinct().Count());
        Assert.Equal(made, seen.Where(made.Contains));
    }

    [Theory]
    [InlineData("limit=0", "limit: range")]
    [InlineData("limit=501", "limit: range")]
    [InlineData("limit=ten", "limit: range")]
    [InlineData("after=p00000000001", "after: id-form")]
    public async Task List_RefusesAPageThatIsNone(string query, string broken) =>
        (await _api.GetAsync($"/api/v1/tenants?{query}")).BreaksRules(broken);

    [Fact]
    public async Task List_IsSearched_ByAPartOfTheName_AndByTheBillingAccount()
    {
        var mark = Guid.NewGuid().ToString("n");
        var made = new List<string>();
        foreach (var name in new[] { $"North {mark} 100%", $"South {mark} 1000" })
        {
            var tenant = (await _api.TenantAsync()).String("id");
            (await _api.PatchAsync($"/api/v1/tenants/{tenant}", new { name })).Is(HttpStatusCode.OK);
            made.Add(tenant);
        }

        Assert.Equal(made, await FoundAsync($"name={mark.ToUpperInvariant()}"));
        Assert.Equal([made[0]], await FoundAsync($"name={mark}&limit=1"));
        Assert.Equal([made[1]], await FoundAsync($"name={mark}&after={made[0]}"));
        // It is a text, not a pattern.
        Assert.Equal([made[0]], await FoundAsync($"name={mark}%20100%25"));
        Assert.Empty(await FoundAsync($"name={mark}%25"));
        var account = (await _api.GetAsync($"/api/v1/tenants/{made[1]}")).String("billingAccountId");
        Assert.Equal([made[1]], await FoundAsync($"billingAccountId={account}"));
        Assert.Empty(await FoundAsync($"billingAccountId={account}x"));
        Assert.Empty(await FoundAsync($"billingAccountId={account}&name=nobody"));
        (await _api.GetAsync($"/api/v1/tenants?name={new string('x', 1_001)}&billingAccountId=%00"))
            .BreaksRules("name: too-long", "billingAccountId: text-form");

        async Task<IReadOnlyList<string>> FoundAsync(string query) =>
            (await _api.GetAsync($"/api/v1/tenants?{query}")).Texts("id");
    }

    [Fact]
    public async Task Change_TakesWhatIsGiven_AndLeavesTheRest()
    {
        var path = await _api.TenantPathAsync();

        var changed = await _api.PatchAsync(path, new { name = "Borealis", timeZone = "Europe/Paris" });

        Assert.Equal("Borealis", changed.Is(HttpStatusCode.OK).String("name"));
        Assert.Equal("Europe/Paris", changed.String("timeZone"));
        Assert.Equal("en", changed.String("language"));
        Assert.Equal(changed.Text, (await _api.GetAsync(path)).Text);
    }

    [Fact]
    public async Task Change_RefusesValuesThatBreakRules()
    {
        var path = await _api.TenantPathAsync();

        (await _api.PatchAsync(path, new { name = "", timeZone = "UTC+9", language = "EN" })).BreaksRules(
            "name: required", "timeZone: time-zone-unknown", "language: one-of");
    }

    [Fact]
    public async Task Change_DoesNotKnowTheCurrency()
    {
        var path = await _api.TenantPathAsync();

        var answer = await _api.PatchAsync(path, new { currency = "EUR" });

        answer.IsProblem(HttpStatusCode.BadRequest, "bad-request");
        Assert.True(answer["errors"].TryGetProperty("currency", out _));
    }

    [Fact]
    public async Task SuspendAndResume_ChangeTheState()
    {
        var path = await _api.TenantPathAsync();

        var suspended = await _api.PostAsync($"{path}/suspend");
        Assert.Equal("suspended", suspended.Is(HttpStatusCode.OK).String("state"));
        Assert.Equal("suspended", (await _api.GetAsync(path)).String("state"));
        var resumed = await _api.PostAsync($"{path}/resume");
        Assert.Equal("active", resumed.Is(HttpStatusCode.OK).String("state"));
    }

    [Fact]
    public async Task Delete_HidesTheTenant_AndEndsItsKeys()
    {
        var tenant = await _api.TenantAsync();
        var path = $"/api/v1/tenants/{tenant.String("id")}";
        var keys = $"{path}/projects/{tenant.String("defaultProjectId")}/keys";
        var key = host.Bearing((await _api.PostAsync(keys, new { name = "web" })).String("secret"));
        (await key.GetAsync("/v1/limits")).Is(HttpStatusCode.OK);

        (await _api.DeleteAsync(path)).Is(HttpStatusCode.NoContent);

        (await key.GetAsync("/v1/limits")).Is(HttpStatusCode.Unauthorized);

        (await _api.GetAsync(path)).IsProblem(HttpStatusCode.NotFound, "not-found");
        (await _api.GetAsync($"{path}/projects")).IsProblem(HttpStatusCode.NotFound, "not-found");
        Assert.DoesNotContain(
            tenant.String("id"),
            (await _api.GetAsync("/api/v1/tenants?limit=500"))["items"].EnumerateArray()
                .Select(static item => item.GetProperty("id").GetString()));
        Assert.Equal(0L, await host.QueryAsync<long>(
            """
            select count(*) from api_key k join tenant t on t.id = k.tenant_id
            where t.state = 2 and k.deleted_at is null
            """));
    }

    [Fact]
    public async Task Delete_CanBeRepeated()
    {
        var tenant = await _api.TenantAsync();
        var path = $"/api/v1/tenants/{tenant.String("id")}";

        (await _api.DeleteAsync(path)).Is(HttpStatusCode.NoContent);
        (await _api.DeleteAsync(path)).Is(HttpStatusCode.NoContent);
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("PATCH", "")]
    [InlineData("DELETE", "")]
    [InlineData("POST", "/suspend")]
    [InlineData("POST", "/resume")]
    [InlineData("PUT", "/quota")]
    [InlineData("GET", "/usage-thresholds")]
    [InlineData("PUT", "/usage-thresholds")]
    [InlineData("GET", "/limits")]
    [InlineData("PUT", "/limits/amount")]
    [InlineData("GET", "/projects")]
    [InlineData("POST", "/projects")]
    [InlineData("GET", "/usage")]
    [InlineData("GET", "/state")]
    public async Task AnUnknownTenant_IsNotFound(string method, string path)
    {
        object? body = path switch
        {
            "/quota" => new { amount = 1 },
            "/limits/amount" => new { blocked = 1 },
            "/usage-thresholds" when method == "PUT" => new { metrics = new { } },
            _ when method is "POST" or "PATCH" => new { name = "x" },
            _ => null,
        };
        foreach (var id in (string[])["t00000000001", "nonsense"])
        {
            (await _api.SendAsync(new HttpMethod(method), $"/api/v1/tenants/{id}{path}", body, null))
                .IsProblem(HttpStatusCode.NotFound, "not-found");
        }
    }

    [Fact]
    public async Task EveryAction_LeavesAnAuditRow_WithWhoWhatBeforeAndAfter()
    {
        var tenant = await _api.TenantAsync();
        await _api.PatchAsync($"/api/v1/tenants/{tenant.String("id")}", new { name = "Borealis" });

        var row = JsonDocument.Parse((await host.QueryAsync<string>(
            """
            select row_to_json(a)::text from audit_log a where action = 'tenant.changed' and target = $1
            """,
            tenant.String("id")))!).RootElement;
        Assert.Equal("operator", row.GetProperty("actor").GetString());
        Assert.Equal("127.0.0.1", row.GetProperty("address").GetString());
        Assert.Equal("Aurora", row.GetProperty("before").GetProperty("name").GetString());
        Assert.Equal("Borealis", row.GetProperty("after").GetProperty("name").GetString());
    }
}
