using System.Net;
using System.Text.Json;
using Xunit;

namespace Sluice.Api.Tests.Management.Projects;

/// <summary>Who sees which projects.</summary>
[Collection<MembersNode>]
public sealed class ProjectSightTests(NodeHost host)
{
    [Fact]
    public async Task APlainMember_SeesItsOwnProjects_PageByPage_AndNoOthers()
    {
        var owner = await Person.OwnerAsync(host);
        var bob = await owner.AddAsync(host, "bob");
        var ids = new List<string>();
        foreach (var name in new[] { "one", "two", "three", "four", "five" })
            ids.Add(await owner.ProjectAsync(host, name));
        await bob.PutIntoAsync(host, ids[1]);
        await bob.PutIntoAsync(host, ids[4], "project_administrator");
        var path = $"{owner.TenantPath}/projects";

        Assert.Equal(["Default", "two", "five"], (await bob.Api.GetAsync(path)).Texts("name"));
        var first = await bob.Api.GetAsync($"{path}?limit=2");
        Assert.Equal(["Default", "two"], first.Texts("name"));
        var second = await bob.Api.GetAsync($"{path}?limit=2&after={first.String("next")}");
        Assert.Equal(["five"], second.Texts("name"));
        Assert.Equal(JsonValueKind.Null, second["next"].ValueKind);
        (await bob.Api.GetAsync($"{path}/{ids[1]}")).Is(HttpStatusCode.OK);
        (await bob.Api.GetAsync($"{path}/{ids[0]}")).IsProblem(HttpStatusCode.NotFound, "not-found");
        Assert.Equal(6, (await owner.Api.GetAsync(path)).Items().Count);
        (await bob.Api.PostAsync(path, new { name = "six" })).Lacks("projects:manage");
        (await bob.Api.PatchAsync($"{path}/{ids[1]}", new { name = "six" })).Lacks("projects:rename");
        (await bob.Api.DeleteAsync($"{path}/{ids[4]}")).Lacks("projects:manage");
    }

    [Fact]
    public async Task WhoIsSignedIn_IsToldTheProjectsItSees()
    {
        var owner = await Person.OwnerAsync(host);
        var admin = await owner.AddAsync(host, "adam", "administrator");
        var bob = await owner.AddAsync(host, "bob");
        var first = await owner.DefaultProjectAsync(host);
        var second = await owner.ProjectAsync(host, "Search");
        var gone = await owner.ProjectAsync(host, "Gone");
        (await owner.Api.DeleteAsync($"{owner.TenantPath}/projects/{gone}")).Is(HttpStatusCode.NoContent);
        // Another tenant's projects are not among them.
        await Person.OwnerAsync(host);

        foreach (var person in new[] { owner, admin })
        {
            Assert.Equal(
                new[] { $"{first} project_administrator", $"{second} project_administrator" }
                    .Order(StringComparer.Ordinal),
                await SeenAsync(person));
        }

        Assert.Equal([$"{first} member"], await SeenAsync(bob));

        static async Task<string[]> SeenAsync(Person person) =>
        [
            .. (await person.Api.GetAsync("/api/v1/me")).Is(HttpStatusCode.OK)["projects"].EnumerateArray()
                .Select(static p => $"{p.GetProperty("projectId").GetString()} {p.GetProperty("role").GetString()}"),
        ];
    }

    [Fact]
    public async Task ADeletedProject_HasNobodyInIt()
    {
        var owner = await Person.OwnerAsync(host);
        var bob = await owner.AddAsync(host, "bob");
        var project = await owner.ProjectAsync(host, "Search");
        await bob.PutIntoAsync(host, project);

        (await owner.Api.DeleteAsync($"{owner.TenantPath}/projects/{project}")).Is(HttpStatusCode.NoContent);

        Assert.Equal(["Default"], (await bob.Api.GetAsync($"{owner.TenantPath}/projects")).Texts("name"));
        Assert.Equal(1, (await bob.Api.GetAsync("/api/v1/me"))["projects"].GetArrayLength());
        Assert.Equal(0L, await host.QueryAsync<long>(
            "select count(*) from project_member where project_id = $1", Scene.IdOf(project)));
    }

    [Fact]
    public async Task AProjectsAdministrator_RenamesIt_AndNoOther()
    {
        var owner = await Person.OwnerAsync(host);
        var bob = await owner.AddAsync(host, "bob");
        var (own, other) = (await owner.ProjectAsync(host, "Search"), await owner.ProjectAsync(host, "Maps"));
        await bob.PutIntoAsync(host, own, "project_administrator");
        var path = $"{owner.TenantPath}/projects";

        var renamed = (await bob.Api.PatchAsync($"{path}/{own}", new { name = "Find" })).Is(HttpStatusCode.OK);

        Assert.Equal("Find", renamed.String("name"));
        (await bob.Api.PatchAsync($"{path}/{other}", new { name = "Mine" }))
            .IsProblem(HttpStatusCode.NotFound, "not-found");
        // Everybody is in Default, as a member.
        (await bob.Api.PatchAsync($"{path}/{await owner.DefaultProjectAsync(host)}", new { name = "Mine" }))
            .Lacks("projects:rename");
        var entry = Assert.Single(await owner.AuditAsync(host, "project.renamed"));
        Assert.Equal(bob.MemberId, entry.GetProperty("actor").GetString());
    }
}
