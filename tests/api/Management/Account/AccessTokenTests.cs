using System.Net;
using Xunit;

namespace Sluice.Api.Tests.Management.Account;

public sealed class AccessTokenTests(NodeHost host) : IClassFixture<NodeHost>
{
    [Fact]
    public async Task AToken_MayWhatItsScopesSay_AndNoMore()
    {
        var owner = await Person.OwnerAsync(host);
        var reader = await TokenAsync(owner, "reader", "projects:read");
        var everything = await TokenAsync(owner, "everything", "*");

        (await reader.GetAsync($"{owner.TenantPath}/projects")).Is(HttpStatusCode.OK);
        var refused = (await reader.PostAsync($"{owner.TenantPath}/projects", new { name = "web" }))
            .IsProblem(HttpStatusCode.Forbidden, "forbidden");
        Assert.Contains("projects:manage", refused.String("detail"));
        (await everything.PostAsync($"{owner.TenantPath}/projects", new { name = "web" })).Is(HttpStatusCode.Created);

        // Not even a token with all scopes can create another, or change the account.
        (await everything.PostAsync("/api/v1/me/tokens", new { name = "more", scopes = new[] { "*" } }))
            .IsProblem(HttpStatusCode.Forbidden, "forbidden");
        (await everything.PostAsync("/api/v1/me/mfa/enroll")).IsProblem(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task AToken_EndsWhenItExpires_AndWhenItIsDeleted()
    {
        var owner = await Person.OwnerAsync(host);
        var brief = await TokenAsync(owner, "brief", "read", host.Time.GetUtcNow().AddHours(1));
        var deleted = await TokenAsync(owner, "deleted", "read");
        (await brief.GetAsync(owner.TenantPath)).Is(HttpStatusCode.OK);
        (await deleted.GetAsync(owner.TenantPath)).Is(HttpStatusCode.OK);
        var list = (await owner.Api.GetAsync("/api/v1/me/tokens")).Is(HttpStatusCode.OK)["items"];
        Assert.Equal(["brief", "deleted"], list.EnumerateArray().Select(static t => t.GetProperty("name").GetString()));
        Assert.DoesNotContain("sla_", list.ToString());

        host.Time.Turn(TimeSpan.FromHours(1));
        (await owner.Api.DeleteAsync($"/api/v1/me/tokens/{list[1].GetProperty("id").GetString()}"))
            .Is(HttpStatusCode.NoContent);

        (await brief.GetAsync(owner.TenantPath)).IsProblem(HttpStatusCode.Unauthorized, "unauthorized");
        (await deleted.GetAsync(owner.TenantPath)).IsProblem(HttpStatusCode.Unauthorized, "unauthorized");
        (await owner.Api.DeleteAsync("/api/v1/me/tokens/a00000000001")).IsProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task AToken_NeedsANameOfItsOwn_AndScopesThatExist()
    {
        var owner = await Person.OwnerAsync(host);
        await TokenAsync(owner, "ci", "read");

        (await owner.Api.PostAsync("/api/v1/me/tokens", new { name = "CI", scopes = new[] { "read" } }))
            .IsProblem(HttpStatusCode.Conflict, "conflict");
        (await owner.Api.PostAsync("/api/v1/me/tokens", new { name = "" }))
            .BreaksRules("name: required", "scopes: required");
        (await owner.Api.PostAsync("/api/v1/me/tokens", new { name = "x", scopes = new[] { "read", "account:mfa" } }))
            .BreaksRules("scopes[1]: scope-unknown");
    }

    private async Task<ApiCaller> TokenAsync(Person person, string name, string scope, DateTimeOffset? expiresAt = null)
    {
        var made = await person.Api.PostAsync("/api/v1/me/tokens", new { name, scopes = new[] { scope }, expiresAt });
        return host.Bearing(made.Is(HttpStatusCode.Created).String("secret"));
    }
}
