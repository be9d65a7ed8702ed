using System.Net;
using System.Text.Json;
using Xunit;

namespace Sluice.Api.Tests.Management.Usage;

/// <summary>Names in reports of usage, also of what was deleted since.</summary>
[Collection<MembersNode>]
public sealed class UsageNameTests(NodeHost host)
{
    private readonly ApiCaller _api = host.Operator();

    [Fact]
    public async Task Usage_NamesWhatWasDeletedSince_AndFreeLabelsAsTheyAre()
    {
        var owner = await Person.OwnerAsync(host);
        var member = await owner.AddAsync(host, "grace");
        var project = await owner.OpenProjectAsync(host);
        await UseAsync(project.Secret, member.MemberId);
        await UseAsync(project.Secret, "robot");
        await SettledAsync(owner, 2);
        var name = (await ProjectsAsync(owner)).Single(p => Text(p, "id") == project.Project);

        (await _api.DeleteAsync($"{owner.TenantPath}/projects/{project.Project}")).Is(HttpStatusCode.NoContent);
        (await _api.DeleteAsync(owner.PathOf(member))).Is(HttpStatusCode.NoContent);

        var rows = (await UsageAsync(owner, "groupBy=project,key,member")).Items();
        Assert.Equal(
            new[] { (member.MemberId, "grace"), ("robot", "robot") }.Order(),
            rows.Select(static row => (Text(row, "member")!, Text(row, "memberName")!)).Order());
        Assert.All(rows, row => Assert.Equal(
            (Text(name, "name"), "web"), (Text(row, "projectName"), Text(row, "keyName"))));
    }

    [Fact]
    public async Task ALabelThatIsAnIdOfAnotherTenant_HasNotItsName()
    {
        var stranger = await Person.OwnerAsync(host);
        var customer = await Customer.CreateAsync(host);
        await UseAsync(customer.Secret, stranger.MemberId);
        await customer.SeesInLedgerAsync(1);

        var row = Assert.Single((await customer.Operator.GetAsync(
            $"{customer.TenantPath}/usage?groupBy=member&metric=text_tokens")).Items());

        Assert.Equal(stranger.MemberId, Text(row, "memberName"));
    }

    [Fact]
    public async Task Csv_HasNamesWhereTheyAreAskedFor_AfterTheGroups()
    {
        var customer = await Customer.CreateAsync(host);
        await customer.UseAsync(7);
        await customer.SeesInLedgerAsync(7);
        const string Query = "usage?metric=text_tokens&groupBy=project,model";

        var plain = await _api.GetAsync($"{customer.TenantPath}/{Query}", "text/csv");
        var named = await _api.GetAsync($"{customer.TenantPath}/{Query}&names=true", "text/csv");

        Assert.Equal(
            $"project,model,metric,value\r\n{customer.ProjectId},,text_tokens,7\r\n",
            plain.Is(HttpStatusCode.OK).Text);
        Assert.Equal(
            $"project,model,projectName,metric,value\r\n{customer.ProjectId},,Default,text_tokens,7\r\n",
            named.Is(HttpStatusCode.OK).Text);
        (await _api.GetAsync($"{customer.TenantPath}/{Query}&names=yes")).BreaksRules("names: one-of");
    }

    private static string? Text(JsonElement item, string field) => item.GetProperty(field).GetString();

    private async Task<IReadOnlyList<JsonElement>> ProjectsAsync(Person owner) =>
        (await _api.GetAsync($"{owner.TenantPath}/projects")).Items();

    private Task<Answer> UsageAsync(Person owner, string query) =>
        _api.GetAsync($"{owner.TenantPath}/usage?metric=text_tokens&{query}");

    private async Task UseAsync(string secret, string member) =>
        (await host.Bearing(secret).PostAsync("/v1/usage", new { member, metrics = new { text_tokens = 1 } }))
        .Is(HttpStatusCode.OK);

    private async Task SettledAsync(Person owner, int tokens) => Assert.Equal(tokens, await Eventually.IsAsync(
        async () => (await UsageAsync(owner, "")).Items().Sum(static row => row.GetProperty("value").GetInt32()),
        tokens));
}
