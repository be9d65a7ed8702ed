using System.Net;
using Xunit;

namespace Sluice.Api.Tests.Management;

[Collection<MembersNode>]
public sealed class ProjectTests(NodeHost host)
{
    private readonly ApiCaller _api = host.Operator();

    [Fact]
    public async Task Create_List_Get_AgreeOnTheProject()
    {
        var tenant = await _api.TenantPathAsync();

        var created = (await _api.PostAsync($"{tenant}/projects", new { name = "Search" })).Is(HttpStatusCode.Created);

        var address = created.Message.Headers.Location!.ToString();
        Assert.Equal($"{tenant}/projects/{created.String("id")}", address);
        Assert.Equal(created.Text, (await _api.GetAsync(address)).Is(HttpStatusCode.OK).Text);
        var names = (await _api.GetAsync($"{tenant}/projects"))["items"].EnumerateArray()
            .Select(static item => item.GetProperty("name").GetString());
        Assert.Equal(["Default", "Search"], names);
    }

    [Theory]
    [InlineData("Default")]
    [InlineData("default")]
    public async Task Create_RefusesANameThatIsTaken_AndNamesTheOther(string name)
    {
        var tenant = await _api.TenantAsync();

        var answer = await _api.PostAsync($"/api/v1/tenants/{tenant.String("id")}/projects", new { name });

        answer.IsProblem(HttpStatusCode.Conflict, "conflict");
        Assert.Equal(tenant.String("defaultProjectId"), answer.String("conflictsWith"));
    }

    [Theory]
    [InlineData("""{}""", "name: required")]
    [InlineData("""{"name": null}""", "name: required")]
    [InlineData("""{"name": "  "}""", "name: required")]
    [InlineData("""{"name": " Search"}""", "name: text-form")]
    [InlineData("""{"name": "a\nb"}""", "name: text-form")]
    public async Task Create_NamesTheRuleThatANameBreaks(string body, string broken)
    {
        var tenant = await _api.TenantPathAsync();

        (await _api.PostAsync($"{tenant}/projects", body)).BreaksRules(broken);
    }

    [Fact]
    public async Task Rename_KeepsTheId()
    {
        var tenant = await _api.TenantPathAsync();
        var created = await _api.PostAsync($"{tenant}/projects", new { name = "Search" });
        var path = $"{tenant}/projects/{created.String("id")}";

        var renamed = await _api.PatchAsync(path, new { name = "Find" });

        Assert.Equal("Find", renamed.Is(HttpStatusCode.OK).String("name"));
        Assert.Equal(created.String("id"), renamed.String("id"));
        (await _api.PatchAsync(path, new { name = "Default" })).IsProblem(HttpStatusCode.Conflict, "conflict");
        Assert.Equal("Find", (await _api.GetAsync(path)).String("name"));
    }

    [Fact]
    public async Task Delete_EndsTheProjectAndItsKeys_AndFreesTheName()
    {
        var tenant = await _api.TenantPathAsync();
        var created = await _api.PostAsync($"{tenant}/projects", new { name = "Search" });
        var path = $"{tenant}/projects/{created.String("id")}";
        var key = host.Bearing((await _api.PostAsync($"{path}/keys", new { name = "web" })).String("secret"));
        (await key.GetAsync("/v1/limits")).Is(HttpStatusCode.OK);

        (await _api.DeleteAsync(path)).Is(HttpStatusCode.NoContent);

        (await key.GetAsync("/v1/limits")).Is(HttpStatusCode.Unauthorized);
        (await _api.GetAsync(path)).IsProblem(HttpStatusCode.NotFound, "not-found");
        (await _api.GetAsync($"{path}/keys")).IsProblem(HttpStatusCode.NotFound, "not-found");
        (await _api.PostAsync($"{path}/keys", new { name = "web" })).IsProblem(HttpStatusCode.NotFound, "not-found");
        (await _api.PostAsync($"{tenant}/projects", new { name = "Search" })).Is(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Delete_RefusesTheDefaultProject()
    {
        var tenant = await _api.TenantAsync();
        var path = $"/api/v1/tenants/{tenant.String("id")}/projects/{tenant.String("defaultProjectId")}";

        (await _api.DeleteAsync(path)).IsProblem(HttpStatusCode.Conflict, "conflict");

        (await _api.GetAsync(path)).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task AProject_IsNotFoundUnderAnotherTenant()
    {
        var mine = await _api.TenantAsync();
        var theirs = await _api.TenantPathAsync();
        var path = $"{theirs}/projects/{mine.String("defaultProjectId")}";

        (await _api.GetAsync(path)).IsProblem(HttpStatusCode.NotFound, "not-found");
        (await _api.PatchAsync(path, new { name = "x" })).IsProblem(HttpStatusCode.NotFound, "not-found");
        (await _api.DeleteAsync(path)).IsProblem(HttpStatusCode.NotFound, "not-found");
        (await _api.PutAsync($"{path}/limits/amount", new { blocked = 1 }))
            .IsProblem(HttpStatusCode.NotFound, "not-found");
    }
}
