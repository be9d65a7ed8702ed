using System.Net;
using System.Text.Json;
using Xunit;

namespace Sluice.Api.Tests.Management.Names;

/// <summary>Names beside ids, also of what was deleted since.</summary>
[Collection<MembersNode>]
public sealed class NameTests(NodeHost host)
{
    private readonly ApiCaller _api = host.Operator();

    [Fact]
    public async Task Limits_Boosts_AndTheState_NameTheirScopes()
    {
        var owner = await Person.OwnerAsync(host);
        var project = await owner.OpenProjectAsync(host);
        var seat = owner.SeatPath(await owner.SubscribeAsync(host));
        await owner.Api.AssignAsync(seat, owner);
        (await _api.PutAsync($"{owner.TenantPath}/keys/{project.Key}/limits/text_tokens", new { blocked = 9 }))
            .Is(HttpStatusCode.OK);
        (await _api.PutAsync($"{owner.TenantPath}/limits/amount", new { blocked = 9 })).Is(HttpStatusCode.OK);
        var boost = (await _api.PostAsync($"{owner.TenantPath}/boosts", new
        {
            scope = "key",
            scopeId = project.Key,
            metric = "text_tokens",
            value = 10,
            until = host.Time.GetUtcNow().AddDays(1),
        })).Is(HttpStatusCode.Created);

        Assert.Equal("web", boost.String("scopeName"));
        Assert.Equal(["web"], (await _api.GetAsync($"{owner.TenantPath}/boosts")).Texts("scopeName"));
        Assert.Equal(
            new[] { "Aurora", "ada", "web" }.Order(),
            (await _api.GetAsync($"{owner.TenantPath}/limits")).Texts("scopeName").Order());
        var state = (await _api.GetAsync($"{owner.TenantPath}/state")).Items();
        Assert.Equal("ada", Text(state.Single(item => Text(item, "scope") == "seat"), "name"));
        Assert.Contains(state, item => Text(item, "scopeId") == project.Key && Text(item, "name") == "web");
    }

    [Fact]
    public async Task Seats_NameTheirHolder_WhileThereIsOne()
    {
        var owner = await Person.OwnerAsync(host);
        var seat = owner.SeatPath(await owner.SubscribeAsync(host));

        Assert.Null((await SeatAsync()).GetProperty("memberName").GetString());
        Assert.Equal("ada", (await owner.Api.AssignAsync(seat, owner)).Is(HttpStatusCode.OK).String("memberName"));
        Assert.Equal("ada", Text(await SeatAsync(), "memberName"));
        Assert.Null((await owner.Api.PostAsync($"{seat}/reclaim")).Is(HttpStatusCode.OK)["memberName"].GetString());

        async Task<JsonElement> SeatAsync() =>
            Assert.Single((await owner.Api.GetAsync($"{owner.TenantPath}/seats")).Items());
    }

    [Fact]
    public async Task Keys_NameTheirOwner()
    {
        var owner = await Person.OwnerAsync(host);
        var key = await owner.TakeKeyAsync();
        var keys = $"{owner.TenantPath}/projects/{await owner.DefaultProjectAsync(host)}/keys";
        await _api.PostAsync(keys, new { name = "web" });

        Assert.Equal("ada", (await _api.GetAsync($"{owner.TenantPath}/keys/{key.String("id")}")).String("ownerName"));
        Assert.Equal(["Default"], (await _api.GetAsync(keys)).Texts("ownerName"));
    }

    [Fact]
    public async Task TheAuditLog_NamesActorAndTarget_AlsoAfterTheyAreGone()
    {
        var owner = await Person.OwnerAsync(host);
        var project = await owner.OpenProjectAsync(host);
        var member = await owner.AddAsync(host, "grace");
        await member.PutIntoAsync(host, project.Project);
        (await owner.Api.PatchAsync(owner.PathOf(member), new { role = "administrator" })).Is(HttpStatusCode.OK);
        var name = Text((await ProjectsAsync(owner)).Single(p => Text(p, "id") == project.Project), "name");
        (await owner.Api.DeleteAsync(owner.PathOf(member))).Is(HttpStatusCode.NoContent);
        (await owner.Api.DeleteAsync($"{owner.TenantPath}/projects/{project.Project}")).Is(HttpStatusCode.NoContent);

        Assert.Equal([(null, "web")], await EntriesAsync("key.created"));
        Assert.Equal([("ada", "grace")], await EntriesAsync("member.role-changed"));
        Assert.Equal([("ada", name)], await EntriesAsync("project.deleted"));
        Assert.Equal([(null, $"{name}/grace")], await EntriesAsync("project-member"));

        async Task<IEnumerable<(string?, string?)>> EntriesAsync(string action) =>
            (await owner.AuditAsync(host, action)).Select(
                static entry => (Text(entry, "actorName"), Text(entry, "targetName")));
    }

    private static string? Text(JsonElement item, string field) => item.GetProperty(field).GetString();

    private async Task<IReadOnlyList<JsonElement>> ProjectsAsync(Person owner) =>
        (await _api.GetAsync($"{owner.TenantPath}/projects")).Items();
}
