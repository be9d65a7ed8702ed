using System.Net;
using Xunit;

namespace Sluice.Api.Tests.Management.Account;

public sealed class SignInTests(NodeHost host) : IClassFixture<NodeHost>
{
    [Fact]
    public async Task AfterAOneTimePassword_OnlyItsChangeIsAllowed()
    {
        var tenant = await host.Operator().TenantAsync();
        var session = await Person.SignInAsync(
            host, tenant.String("id"), Scene.OwnerName, tenant.String("oneTimePassword"));

        Assert.True(session.Is(HttpStatusCode.OK)["mustChangePassword"].GetBoolean());
        Assert.Equal("owner", session.String("tenantRole"));
        var api = host.Bearing(session.String("accessToken"));
        (await api.GetAsync("/api/v1/me")).IsProblem(HttpStatusCode.Forbidden, "forbidden");
        (await api.GetAsync($"/api/v1/tenants/{tenant.String("id")}"))
            .IsProblem(HttpStatusCode.Forbidden, "forbidden");
        (await api.PostAsync(
            "/api/v1/me/password", new { current = tenant.String("oneTimePassword"), @new = Person.Password }))
            .Is(HttpStatusCode.OK);

        var me = (await api.GetAsync("/api/v1/me")).Is(HttpStatusCode.OK);
        Assert.Equal(tenant.String("ownerMemberId"), me.String("memberId"));
        (await Person.SignInAsync(host, tenant.String("id"), Scene.OwnerName, tenant.String("oneTimePassword")))
            .IsProblem(HttpStatusCode.Unauthorized, "unauthorized");
    }

    [Fact]
    public async Task EveryFailure_HasTheSameAnswer()
    {
        var owner = await Person.OwnerAsync(host);

        var answers = new[]
        {
            await owner.SignInAgainAsync("not the password"),
            await Person.SignInAsync(host, owner.TenantId, "nobody", Person.Password),
            await Person.SignInAsync(host, "t00000000001", owner.UserName, Person.Password),
            await Person.SignInAsync(host, "no id", owner.UserName, Person.Password),
        };

        Assert.All(answers, static a => a.IsProblem(HttpStatusCode.Unauthorized, "unauthorized"));
        Assert.Single(answers.Select(static a => a.String("detail")).Distinct());
    }

    [Fact]
    public async Task FiveWrongPasswords_LockTheAccount_ForFiveMinutes()
    {
        var owner = await Person.OwnerAsync(host);
        for (var i = 0; i < 5; i++)
            await owner.SignInAgainAsync("not the password");

        (await owner.SignInAgainAsync()).IsProblem(HttpStatusCode.Unauthorized, "unauthorized");
        host.Time.Turn(TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(1));

        (await owner.SignInAgainAsync()).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task SigningOut_EndsTheSession_AtOnce()
    {
        var owner = await Person.OwnerAsync(host);

        (await owner.Api.DeleteAsync("/api/v1/session")).Is(HttpStatusCode.NoContent);

        (await owner.Api.GetAsync("/api/v1/me")).IsProblem(HttpStatusCode.Unauthorized, "unauthorized");
    }

    [Fact]
    public async Task AnotherTenant_DoesNotExist()
    {
        var owner = await Person.OwnerAsync(host);
        var other = await host.Operator().TenantAsync();

        (await owner.Api.GetAsync(owner.TenantPath)).Is(HttpStatusCode.OK);
        (await owner.Api.GetAsync($"/api/v1/tenants/{other.String("id")}"))
            .IsProblem(HttpStatusCode.NotFound, "not-found");
        (await owner.Api.PostAsync($"/api/v1/tenants/{other.String("id")}/projects", "{"))
            .IsProblem(HttpStatusCode.NotFound, "not-found");
        (await owner.Api.PutAsync($"{owner.TenantPath}/quota", new { amount = 1 }))
            .IsProblem(HttpStatusCode.Forbidden, "forbidden");
    }
}
