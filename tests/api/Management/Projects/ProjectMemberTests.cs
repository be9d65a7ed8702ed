using System.Net;
using System.Text.Json;
using Xunit;

namespace Sluice.Api.Tests.Management.Projects;

[Collection<MembersNode>]
public sealed class ProjectMemberTests(NodeHost host)
{
    [Fact]
    public async Task AProject_HasThoseWhoWerePutIn_EachWithARole()
    {
        var owner = await Person.OwnerAsync(host);
        var bob = await owner.AddAsync(host, "bob");
        var path = $"{owner.TenantPath}/projects/{await owner.ProjectAsync(host, "Search")}/members";
        Assert.Empty((await owner.Api.GetAsync(path)).Items());

        var put = (await owner.Api.PutAsync($"{path}/{bob.MemberId}", new { role = "member" })).Is(HttpStatusCode.OK);

        Assert.Equal(bob.MemberId, put.String("id"));
        Assert.Equal("bob", put.String("userName"));
        Assert.Equal("member", put.String("role"));
        Assert.Equal("member", put.String("tenantRole"));
        Assert.Equal(put.Text, Assert.Single((await owner.Api.GetAsync(path)).Items()).GetRawText());
        Assert.Equal(put.Text, (await owner.Api.GetAsync($"{path}/{bob.MemberId}")).Is(HttpStatusCode.OK).Text);
        (await owner.Api.GetAsync($"{path}/{owner.MemberId}")).IsProblem(HttpStatusCode.NotFound, "not-found");
        (await owner.Api.PutAsync($"{path}/{bob.MemberId}", new { role = "project_administrator" }))
            .Is(HttpStatusCode.OK);
        Assert.Equal(["project_administrator"], (await owner.Api.GetAsync(path)).Texts("role"));
        (await owner.Api.DeleteAsync($"{path}/{bob.MemberId}")).Is(HttpStatusCode.NoContent);
        Assert.Empty((await owner.Api.GetAsync(path)).Items());
        (await owner.Api.DeleteAsync($"{path}/{bob.MemberId}")).IsProblem(HttpStatusCode.NotFound, "not-found");
        Assert.Equal(
            ["project-member.removed", "project-member.role-changed", "project-member.added"],
            (await owner.AuditAsync(host, "project-member")).Select(static e => e.GetProperty("action").GetString()));
    }

    [Fact]
    public async Task OnlyPeopleOfTheTenant_ArePutIn()
    {
        var owner = await Person.OwnerAsync(host);
        var stranger = await Person.OwnerAsync(host);
        var gone = await owner.AddAsync(host, "bob");
        (await owner.Api.DeleteAsync(owner.PathOf(gone))).Is(HttpStatusCode.NoContent);
        var path = $"{owner.TenantPath}/projects/{await owner.ProjectAsync(host, "Search")}/members";

        foreach (var id in new[] { stranger.MemberId, gone.MemberId, "x" })
        {
            (await owner.Api.PutAsync($"{path}/{id}", new { role = "member" }))
                .IsProblem(HttpStatusCode.NotFound, "not-found");
        }

        Assert.Empty((await owner.Api.GetAsync(path)).Items());
    }

    [Theory]
    [InlineData("""{}""", "role: required")]
    [InlineData("""{"role": "administrator"}""", "role: one-of")]
    [InlineData("""{"role": "owner"}""", "role: one-of")]
    public async Task ARoleThatThereIsNot_IsNamed(string body, string broken)
    {
        var owner = await Person.OwnerAsync(host);
        var project = await owner.DefaultProjectAsync(host);

        (await owner.Api.PutAsync($"{owner.TenantPath}/projects/{project}/members/{owner.MemberId}", body))
            .BreaksRules(broken);
    }

    [Fact]
    public async Task EverybodyIsInTheDefaultProject_WhereARoleCanBeRaised_AndWhichNobodyLeaves()
    {
        var owner = await Person.OwnerAsync(host);
        var bob = await owner.AddAsync(host, "bob");
        var path = $"{owner.TenantPath}/projects/{await owner.DefaultProjectAsync(host)}/members";
        Assert.Equal(["ada", "bob"], (await bob.Api.GetAsync(path)).Texts("userName"));
        Assert.Equal(["member", "member"], (await bob.Api.GetAsync(path)).Texts("role"));

        (await owner.Api.PutAsync($"{path}/{bob.MemberId}", new { role = "project_administrator" }))
            .Is(HttpStatusCode.OK);

        Assert.Equal(["member", "project_administrator"], (await bob.Api.GetAsync(path)).Texts("role"));
        (await owner.Api.DeleteAsync($"{path}/{bob.MemberId}")).IsProblem(HttpStatusCode.Conflict, "conflict");
        Assert.Equal(["ada", "bob"], (await bob.Api.GetAsync(path)).Texts("userName"));
        (await bob.Api.PutAsync($"{path}/{bob.MemberId}", new { role = "member" })).Is(HttpStatusCode.OK);
        Assert.Equal(["member", "member"], (await bob.Api.GetAsync(path)).Texts("role"));
    }

    [Fact]
    public async Task Pages_HaveEverybodyOnce()
    {
        var owner = await Person.OwnerAsync(host);
        await owner.AddAsync(host, "bob");
        await owner.AddAsync(host, "cleo");
        var path = $"{owner.TenantPath}/projects/{await owner.DefaultProjectAsync(host)}/members";

        var first = await owner.Api.GetAsync($"{path}?limit=2");
        var second = await owner.Api.GetAsync($"{path}?limit=2&after={first.String("next")}");

        Assert.Equal(["ada", "bob"], first.Texts("userName"));
        Assert.Equal(["cleo"], second.Texts("userName"));
        Assert.Equal(JsonValueKind.Null, second["next"].ValueKind);
    }

    [Fact]
    public async Task AProjectsAdministrator_ManagesItsPeople_AndNobodyElses()
    {
        var owner = await Person.OwnerAsync(host);
        var bob = await owner.AddAsync(host, "bob");
        var cleo = await owner.AddAsync(host, "cleo");
        var own = await owner.ProjectAsync(host, "Search");
        var shared = await owner.ProjectAsync(host, "Shop");
        var foreign = await owner.ProjectAsync(host, "Secret");
        await bob.PutIntoAsync(host, own, "project_administrator");
        await bob.PutIntoAsync(host, shared);
        string Place(string project) => $"{owner.TenantPath}/projects/{project}/members/{cleo.MemberId}";

        (await bob.Api.PutAsync(Place(own), new { role = "project_administrator" })).Is(HttpStatusCode.OK);
        (await bob.Api.PutAsync(Place(shared), new { role = "member" })).Lacks("project-members:manage");
        (await bob.Api.PutAsync(Place(foreign), new { role = "member" }))
            .IsProblem(HttpStatusCode.NotFound, "not-found");
        (await cleo.Api.DeleteAsync($"{owner.TenantPath}/projects/{own}/members/{bob.MemberId}"))
            .Is(HttpStatusCode.NoContent);

        // The permission ends with the membership, at once.
        (await bob.Api.PutAsync(Place(own), new { role = "member" })).IsProblem(HttpStatusCode.NotFound, "not-found");
        (await bob.Api.GetAsync($"{owner.TenantPath}/projects/{own}/members"))
            .IsProblem(HttpStatusCode.NotFound, "not-found");
        (await bob.Api.GetAsync($"{owner.TenantPath}/projects/{shared}/members")).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task AnAdministratorOfTheTenant_ManagesThePeopleOfEveryProject()
    {
        var owner = await Person.OwnerAsync(host);
        var admin = await owner.AddAsync(host, "adam", "administrator");
        var path = $"{owner.TenantPath}/projects/{await owner.ProjectAsync(host, "Search")}/members/{owner.MemberId}";

        var put = (await admin.Api.PutAsync(path, new { role = "member" })).Is(HttpStatusCode.OK);

        Assert.Equal("owner", put.String("tenantRole"));
        (await admin.Api.DeleteAsync(path)).Is(HttpStatusCode.NoContent);
    }
}
