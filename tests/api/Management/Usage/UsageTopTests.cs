using System.Net;
using Xunit;

namespace Sluice.Api.Tests.Management.Usage;

/// <summary>The largest values of a group and all others, and the span before.</summary>
[Collection<SettingsNode>]
public sealed class UsageTopTests(NodeHost host)
{
    private const string Tokens = "metric=text_tokens";
    private const string Days = $"{Tokens}&from=2026-11-10&to=2026-11-12";

    private readonly ApiCaller _api = host.Operator();

    [Fact]
    public async Task TheLargest_AreKept_AndTheRestIsOneRow()
    {
        var tenant = await TenantAsync();

        (await _api.GetAsync($"{tenant}/usage?{Days}&groupBy=model&top=2")).IsJson("""
            {"items": [
              {"model": "b", "other": false, "metric": "text_tokens", "value": 400},
              {"model": "c", "other": false, "metric": "text_tokens", "value": 310},
              {"model": null, "other": true, "metric": "text_tokens", "value": 105}]}
            """);
    }

    [Fact]
    public async Task EachDay_HasTheLargestOfTheWholeSpan()
    {
        var tenant = await TenantAsync();

        // On the 10th alone, a would be larger than c.
        (await _api.GetAsync($"{tenant}/usage?{Days}&groupBy=day,model&top=2")).IsJson("""
            {"items": [
              {"day": "2026-11-10", "model": "b", "other": false, "metric": "text_tokens", "value": 400},
              {"day": "2026-11-10", "model": "c", "other": false, "metric": "text_tokens", "value": 10},
              {"day": "2026-11-10", "model": null, "other": true, "metric": "text_tokens", "value": 100},
              {"day": "2026-11-11", "model": "c", "other": false, "metric": "text_tokens", "value": 300},
              {"day": "2026-11-11", "model": null, "other": true, "metric": "text_tokens", "value": 5}]}
            """);
    }

    [Fact]
    public async Task OfTwoGroups_TheFirstThatIsNoTimeIsRanked()
    {
        var tenant = await TenantAsync();

        var rows = (await _api.GetAsync($"{tenant}/usage?{Days}&groupBy=model,member&top=1")).Items();

        Assert.Equal(
            [("b", "eve", false, 400), (null, null, true, 105), (null, "eve", true, 310)],
            rows.Select(static row => (
                row.GetProperty("model").GetString(), row.GetProperty("member").GetString(),
                row.GetProperty("other").GetBoolean(), row.GetProperty("value").GetInt32())));
    }

    [Fact]
    public async Task SeveralLists_AreReadAtOnce_EachWithItsLargestFirst()
    {
        var tenant = await TenantAsync();

        (await _api.GetAsync($"{tenant}/usage/top?{Days}&groupBy=model,member&count=2")).IsJson("""
            {"lists": [
              {"group": "model", "items": [
                {"id": "b", "name": null, "value": 400}, {"id": "c", "name": null, "value": 310}]},
              {"group": "member", "items": [
                {"id": "eve", "name": "eve", "value": 710}, {"id": null, "name": null, "value": 105}]}]}
            """);
    }

    [Theory]
    [InlineData("", "groupBy: top-groups")]
    [InlineData("groupBy=day,model", "groupBy: top-groups")]
    [InlineData("groupBy=colour", "groupBy: one-of")]
    [InlineData("groupBy=model&count=0", "count: range")]
    [InlineData("groupBy=model&count=101", "count: range")]
    [InlineData("groupBy=model&metric=steps&from=x", "from: time-form", "metric: metric-unknown")]
    public async Task EveryRuleOfLists_IsNamedWithItsField(string query, params string[] broken)
    {
        var tenant = (await _api.TenantAsync()).String("id");

        (await _api.GetAsync($"/api/v1/tenants/{tenant}/usage/top?{query}")).BreaksRules(broken);
    }

    [Fact]
    public async Task UsageWithoutAValue_IsAValueOfItsOwn_NotOther()
    {
        var tenant = (await _api.TenantAsync()).String("id");
        await AddAsync(tenant, "2026-11-10T03:00:00Z", 50, "");
        await AddAsync(tenant, "2026-11-10T03:00:00Z", 1, "a");

        (await _api.GetAsync($"/api/v1/tenants/{tenant}/usage?{Days}&groupBy=model&top=1")).IsJson("""
            {"items": [
              {"model": null, "other": false, "metric": "text_tokens", "value": 50},
              {"model": null, "other": true, "metric": "text_tokens", "value": 1}]}
            """);
    }

    [Fact]
    public async Task Csv_SaysWhichRowIsTheRest()
    {
        var tenant = await TenantAsync();

        var csv = await _api.GetAsync($"{tenant}/usage?{Days}&groupBy=model&top=1", "text/csv");

        Assert.Equal(
            "model,other,metric,value\r\nb,false,text_tokens,400\r\n,true,text_tokens,415\r\n",
            csv.Is(HttpStatusCode.OK).Text);
    }

    [Theory]
    [InlineData("groupBy=model&top=0&metric=amount", "top: range")]
    [InlineData("groupBy=model&top=101&metric=amount", "top: range")]
    [InlineData("groupBy=model&top=x&metric=amount", "top: range")]
    [InlineData("groupBy=model&top=5", "metric: required")]
    [InlineData("groupBy=day,model,key&top=5&metric=amount", "groupBy: top-groups")]
    [InlineData("groupBy=day&top=5&metric=amount", "groupBy: top-groups")]
    [InlineData("top=5", "groupBy: top-groups", "metric: required")]
    [InlineData("compare=next", "compare: one-of")]
    [InlineData("compare=previous&from=1975-01-01&to=1984-01-01", "compare: too-early")]
    public async Task EveryRule_IsNamedWithItsField(string query, params string[] broken)
    {
        var owner = await Person.OwnerAsync(host);

        (await owner.Api.GetAsync($"{owner.TenantPath}/usage?{query}")).BreaksRules(broken);
        (await owner.Api.GetAsync($"{owner.TenantPath}/me/usage?{query}")).BreaksRules(broken);
    }

    [Fact]
    public async Task ThePreviousSpan_IsAsLong_AndHasTheSameValues()
    {
        var tenant = await TenantAsync();

        var answer = await _api.GetAsync($"{tenant}/usage?{Days}&groupBy=model&top=1&compare=previous");

        // Before, a was the largest; b is what is compared.
        Assert.Equal(
            Answer.Compact("""
                {"from": "2026-11-07T15:00:00Z", "to": "2026-11-09T15:00:00Z", "items": [
                  {"model": "b", "other": false, "metric": "text_tokens", "value": 7},
                  {"model": null, "other": true, "metric": "text_tokens", "value": 70}]}
                """),
            Answer.Compact(answer["previous"].GetRawText()));
        Assert.Equal(400, answer.Items()[0].GetProperty("value").GetInt32());
    }

    [Fact]
    public async Task ThePreviousSpan_IsOfWholeDays_WhereTheClocksChange()
    {
        // In Paris, the 25th of October had 25 hours.
        var tenant = (await _api.TenantAsync("Europe/Paris")).String("id");

        var answer = await _api.GetAsync(
            $"/api/v1/tenants/{tenant}/usage?from=2026-10-27&to=2026-10-31&compare=previous");

        Assert.Equal("2026-10-22T22:00:00Z", answer["previous"].GetProperty("from").GetString());
        Assert.Equal("2026-10-26T23:00:00Z", answer["previous"].GetProperty("to").GetString());
    }

    [Fact]
    public async Task ThePreviousSpan_IsMissing_WhereNobodyAskedForIt_AndInCsv()
    {
        var tenant = await TenantAsync();

        Assert.False((await _api.GetAsync($"{tenant}/usage?{Days}")).Json.TryGetProperty("previous", out _));
        (await _api.GetAsync($"{tenant}/usage?{Days}&compare=previous", "text/csv"))
            .BreaksRules("compare: json-only");
    }

    [Fact]
    public async Task OwnUsage_HasTheSame()
    {
        var owner = await Person.OwnerAsync(host);
        var key = await owner.TakeKeyAsync();
        foreach (var (model, tokens) in new[] { ("a", 1), ("b", 2), ("c", 3) })
        {
            (await host.Bearing(key.String("secret")).PostAsync(
                "/v1/usage", new { model, metrics = new { text_tokens = tokens } })).Is(HttpStatusCode.OK);
        }

        var rows = await Eventually.BecomesAsync(
            async () => (await owner.Api.GetAsync(
                $"{owner.TenantPath}/me/usage?{Tokens}&groupBy=model&top=1&compare=previous")).Items(),
            static rows => rows.Sum(static row => row.GetProperty("value").GetInt32()) == 6);

        Assert.Equal(["c", null], rows.Select(static row => row.GetProperty("model").GetString()));
    }

    /// <summary>Creates a tenant with usage of four models, on four days of Tokyo.</summary>
    private async Task<string> TenantAsync()
    {
        var id = (await _api.TenantAsync()).String("id");
        await AddAsync(id, "2026-11-10T03:00:00Z", 100, "a");
        await AddAsync(id, "2026-11-10T03:00:00Z", 400, "b", "eve");
        await AddAsync(id, "2026-11-10T03:00:00Z", 10, "c", "eve");
        await AddAsync(id, "2026-11-11T03:00:00Z", 300, "c", "eve");
        await AddAsync(id, "2026-11-11T03:00:00Z", 5, "d");
        await AddAsync(id, "2026-11-08T03:00:00Z", 70, "a");
        await AddAsync(id, "2026-11-09T03:00:00Z", 7, "b");
        return $"/api/v1/tenants/{id}";
    }

    private Task AddAsync(string tenant, string bucket, long value, string model, string member = "") =>
        SettledUsage.AddAsync(host, tenant, bucket, value, member: member, model: model);
}
