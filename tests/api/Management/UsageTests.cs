using System.Net;
using Sluice.Api.Tests.Management.Usage;
using Sluice.Metering.Identity;
using Xunit;

namespace Sluice.Api.Tests.Management;

[Collection<SettingsNode>]
public sealed class UsageTests(NodeHost host)
{
    private const string November = "from=2026-11-01&to=2026-12-01";

    private readonly ApiCaller _api = host.Operator();

    [Fact]
    public async Task WithoutGroups_EachMetricIsOneSum()
    {
        var tenant = await TenantWithUsageAsync();

        var answer = await _api.GetAsync($"{tenant}/usage?{November}");

        Assert.Equal(
            """{"items":[{"metric":"amount","value":0.000123},{"metric":"text_tokens","value":1111}]}""",
            answer.Is(HttpStatusCode.OK).Text);
    }

    [Fact]
    public async Task DaysAndMonths_AreThoseOfTheTenantsZone()
    {
        var tenant = await TenantWithUsageAsync();

        // 15:00 UTC is the next day's midnight in Tokyo.
        var days = await _api.GetAsync($"{tenant}/usage?{November}&groupBy=day&metric=text_tokens");
        days.IsJson("""
            {"items": [
              {"day": "2026-11-20", "metric": "text_tokens", "value": 1},
              {"day": "2026-11-21", "metric": "text_tokens", "value": 1110}]}
            """);
        var months = await _api.GetAsync($"{tenant}/usage?{November}&groupBy=month,metric&metric=text_tokens");
        Assert.Equal("""{"items":[{"month":"2026-11","metric":"text_tokens","value":1111}]}""", months.Text);
        var hours = await _api.GetAsync($"{tenant}/usage?{November}&groupBy=hour&metric=text_tokens");
        Assert.Equal("2026-11-20T14:00:00Z", hours["items"][0].GetProperty("hour").GetString());
    }

    [Theory]
    [InlineData("Asia/Kolkata", "2026-11-20T05:00Z 2026-11-20T05:45Z", "2026-11-20T04:30:00Z 2026-11-20T05:30:00Z")]
    [InlineData("Asia/Kathmandu", "2026-11-20T05:00Z 2026-11-20T05:15Z", "2026-11-20T04:15:00Z 2026-11-20T05:15:00Z")]
    [InlineData("Asia/Tokyo", "2026-11-20T05:00Z 2026-11-20T05:45Z", "2026-11-20T05:00:00Z")]
    // Clocks go back from 03:00 to 02:00 at 01:00Z: the hour that they show twice is two hours.
    [InlineData("Europe/Paris", "2026-10-25T00:45Z 2026-10-25T01:00Z", "2026-10-25T00:00:00Z 2026-10-25T01:00:00Z")]
    // Clocks go back from 02:00 to 01:30 at 15:00Z: an hour of half an hour.
    [InlineData(
        "Australia/Lord_Howe",
        "2026-04-04T14:45Z 2026-04-04T15:15Z 2026-04-04T15:30Z",
        "2026-04-04T14:00:00Z 2026-04-04T15:00:00Z 2026-04-04T15:30:00Z")]
    public async Task Hours_AreThoseOfTheTenantsZone(string zone, string events, string hours)
    {
        var tenant = (await _api.TenantAsync(zone)).String("id");
        foreach (var at in events.Split(' '))
            await AddAsync(tenant, at, 1);

        var answer = await _api.GetAsync(
            $"/api/v1/tenants/{tenant}/usage?from=2026-04-01&to=2026-12-01&groupBy=hour");

        Assert.Equal(
            hours.Split(' '),
            answer.Is(HttpStatusCode.OK)["items"].EnumerateArray().Select(i => i.GetProperty("hour").GetString()));
    }

    [Fact]
    public async Task AnHourThatClocksShowAgainAcrossMidnight_CountsInTheDayThatHasBegun()
    {
        // In St. John's, one minute after midnight of 2010-11-07, clocks went back to 23:01 of the day before.
        var tenant = (await _api.TenantAsync("America/St_Johns")).String("id");
        await AddAsync(tenant, "2010-11-07T02:15:00Z", 1);
        await AddAsync(tenant, "2010-11-07T02:45:00Z", 10);

        var days = await _api.GetAsync(
            $"/api/v1/tenants/{tenant}/usage?from=2010-11-01&to=2010-12-01&groupBy=day");

        days.IsJson("""
            {"items": [
              {"day": "2010-11-06", "metric": "text_tokens", "value": 1},
              {"day": "2010-11-07", "metric": "text_tokens", "value": 10}]}
            """);
    }

    [Fact]
    public async Task ModelMemberKeyProjectAndSeat_CanBeGroupedBy_InTheOrderAskedFor()
    {
        var tenant = await TenantWithUsageAsync();

        var answer = await _api.GetAsync(
            $"{tenant}/usage?{November}&metric=text_tokens&groupBy=model,member,project,seat,key");

        answer.IsJson(
            $$"""
            {"items": [
              {"model": null, "member": null, "project": null, "seat": null, "key": "{{IdText.Format('k', 3)}}",
               "memberName": null, "projectName": null, "seatName": null, "keyName": null,
               "metric": "text_tokens", "value": 1000},
              {"model": "plamo", "member": "ada", "project": "{{IdText.Format('p', 7)}}", "seat": null,
               "key": "{{IdText.Format('k', 1)}}",
               "memberName": "ada", "projectName": null, "seatName": null, "keyName": null,
               "metric": "text_tokens", "value": 11},
              {"model": "q\"uote, comma", "member": null, "project": null, "seat": null,
               "key": "{{IdText.Format('k', 2)}}",
               "memberName": null, "projectName": null, "seatName": null, "keyName": null,
               "metric": "text_tokens", "value": 100}]}
            """);
    }

    [Fact]
    public async Task AProject_CanBeAskedForAlone()
    {
        var tenant = await TenantWithUsageAsync();

        var answer = await _api.GetAsync(
            $"{tenant}/usage?{November}&metric=text_tokens&project={IdText.Format('p', 7)}");

        Assert.Equal("""{"items":[{"metric":"text_tokens","value":11}]}""", answer.Text);
    }

    [Fact]
    public async Task FromIsIncluded_ToIsNot()
    {
        var tenant = await TenantWithUsageAsync();

        var answer = await _api.GetAsync(
            $"{tenant}/usage?metric=text_tokens&from=2026-11-20T14:45:00Z&to=2026-11-20T15:00:00Z");

        Assert.Equal("""{"items":[{"metric":"text_tokens","value":1}]}""", answer.Text);
    }

    [Theory]
    [InlineData("from=2026-11-20T14:45:00.000000000Z&to=2026-11-20T15:00:00.000000001Z")]
    [InlineData("from=2026-11-20t14:45:00z&to=2026-11-20t15:00:00z")]
    public async Task Times_AreReadHoweverManyDigitsTheyHave(string span)
    {
        var tenant = await TenantWithUsageAsync();

        (await _api.GetAsync($"{tenant}/usage?metric=text_tokens&{span}"))
            .IsJson("""{"items":[{"metric":"text_tokens","value":1}]}""");
    }

    [Fact]
    public async Task Csv_IsAnsweredWhereItIsAccepted()
    {
        var tenant = await TenantWithUsageAsync();

        var answer = await _api.GetAsync($"{tenant}/usage?{November}&groupBy=day,model", "text/csv");

        Assert.Equal("text/csv", answer.Is(HttpStatusCode.OK).ContentType);
        Assert.Equal(
            "day,model,metric,value\r\n2026-11-20,plamo,text_tokens,1\r\n2026-11-21,,amount,0.000123\r\n"
            + "2026-11-21,,text_tokens,1000\r\n2026-11-21,plamo,text_tokens,10\r\n"
            + "2026-11-21,\"q\"\"uote, comma\",text_tokens,100\r\n",
            answer.Text);
    }

    [Theory]
    [InlineData("text/csv", "text/csv")]
    [InlineData("application/json, text/csv", "text/csv")]
    [InlineData("application/json;q=0.5, text/csv;q=0.9, */*;q=0.1", "text/csv")]
    [InlineData("application/json, text/csv;q=0.5", "application/json")]
    [InlineData("text/csv;q=0", "application/json")]
    [InlineData("*/*", "application/json")]
    public async Task WhatIsAnswered_IsWhatTheCallerWouldRatherHave(string accept, string expected)
    {
        var tenant = await TenantWithUsageAsync();

        var answer = (await _api.GetAsync($"{tenant}/usage?{November}", accept)).Is(HttpStatusCode.OK);

        Assert.Equal(expected, answer.ContentType);
        Assert.Equal(["Accept"], answer.Message.Headers.Vary);
    }

    [Fact]
    public async Task Csv_HasNothingThatASpreadsheetWouldRun()
    {
        var id = (await _api.TenantAsync()).String("id");
        string[] models = ["=1+1", "+1", "-1", "@SUM(A1)", "=HYPERLINK(\"x\",1)", "a=1", "'quoted"];
        foreach (var model in models)
            await AddAsync(id, "2026-11-20T15:00:00Z", 1, model: model);
        // A number is not text, whatever it begins with.
        await AddAsync(id, "2026-11-20T15:00:00Z", -5, model: "less");

        var text = (await _api.GetAsync($"/api/v1/tenants/{id}/usage?{November}&groupBy=model", "text/csv")).Text;

        string[] expected =
        [
            "'=1+1", "'+1", "'-1", "'@SUM(A1)", "\"'=HYPERLINK(\"\"x\"\",1)\"", "a=1", "'quoted",
        ];
        Assert.Equal(
            expected.Select(static cell => $"{cell},text_tokens,1").Append("less,text_tokens,-5").Order(),
            text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).Order());
    }

    [Theory]
    [InlineData("groupBy=week", "groupBy: one-of")]
    [InlineData("metric=bananas", "metric: metric-unknown")]
    [InlineData("project=x", "project: id-form")]
    [InlineData("from=yesterday&to=2026-13-01", "from: time-form", "to: time-form")]
    [InlineData("from=2026-11-02&to=2026-11-02", "to: order")]
    [InlineData("from=2001-01-01&to=2026-01-01", "to: too-long")]
    public async Task EveryRule_IsNamedWithItsField(string query, params string[] broken)
    {
        var tenant = await _api.TenantPathAsync();

        (await _api.GetAsync($"{tenant}/usage?{query}")).BreaksRules(broken);
    }

    [Fact]
    public async Task UnpricedUsage_IsShownToTheOperator_ByTenantModelAndMetric()
    {
        var tenant = await _api.TenantAsync();
        await AddAsync(tenant.String("id"), "2026-11-20T14:45:00Z", 500, model: "new-model", unpriced: 400);

        var items = (await _api.GetAsync(
            "/api/v1/unpriced-usage?from=2026-11-01T00:00:00Z&to=2026-12-01T00:00:00Z")).Is(HttpStatusCode.OK)["items"];

        var mine = Assert.Single(
            items.EnumerateArray(), item => item.GetProperty("tenantId").GetString() == tenant.String("id"));
        Assert.Equal(
            Answer.Compact(
                $$"""
                {"tenantId": "{{tenant.String("id")}}", "model": "new-model", "metric": "text_tokens", "value": 400,
                 "firstAt": "2026-11-20T14:45:00Z", "lastAt": "2026-11-20T14:45:00Z"}
                """),
            mine.GetRawText());
        (await _api.GetAsync("/api/v1/unpriced-usage?from=now")).BreaksRules("from: time-form");
    }

    [Fact]
    public async Task TheState_IsWhatTheAuthoritiesSay_InTheMetricsOwnUnits()
    {
        await _api.PriceAsync("SEK", """[{"model": "*", "metric": "text_tokens", "per": 1000, "amount": 150}]""");
        var customer = await Customer.CreateAsync(host, "SEK");
        await customer.SetQuotaAsync(2);
        await customer.LimitKeyAsync("text_tokens", 100, "day");
        (await customer.UseAsync(10)).Is(HttpStatusCode.OK);
        foreach (var scope in (string[])[customer.TenantId, customer.ProjectId, customer.KeyId])
            await customer.SeesUsedAsync(10, scope);

        var state = await _api.GetAsync($"{customer.TenantPath}/state");

        state.IsJson(
            $$"""
            {
              "items": [
                {"scope": "tenant", "scopeId": "{{customer.TenantId}}", "name": "Aurora", "metrics": [
                  {"metric": "amount", "period": "2026-11", "used": 1.5, "held": 0,
                   "limit": 2, "warnings": [], "state": "ok"},
                  {"metric": "requests", "period": "2026-11", "used": 1, "held": 0,
                   "limit": null, "warnings": [], "state": "ok"},
                  {"metric": "text_tokens", "period": "2026-11", "used": 10, "held": 0,
                   "limit": null, "warnings": [], "state": "ok"}]},
                {"scope": "project", "scopeId": "{{customer.ProjectId}}", "name": "Default", "metrics": [
                  {"metric": "amount", "period": "2026-11", "used": 1.5, "held": 0,
                   "limit": null, "warnings": [], "state": "ok"},
                  {"metric": "requests", "period": "2026-11", "used": 1, "held": 0,
                   "limit": null, "warnings": [], "state": "ok"},
                  {"metric": "text_tokens", "period": "2026-11", "used": 10, "held": 0,
                   "limit": null, "warnings": [], "state": "ok"}]},
                {"scope": "key", "scopeId": "{{customer.KeyId}}", "name": "{{customer.KeyName}}", "metrics": [
                  {"metric": "amount", "period": "2026-11", "used": 1.5, "held": 0,
                   "limit": null, "warnings": [], "state": "ok"},
                  {"metric": "requests", "period": "2026-11", "used": 1, "held": 0,
                   "limit": null, "warnings": [], "state": "ok"},
                  {"metric": "text_tokens", "period": "2026-11", "used": 10, "held": 0,
                   "limit": null, "warnings": [], "state": "ok"},
                  {"metric": "text_tokens", "period": "2026-11-20", "used": 10, "held": 0, "limit": 100,
                   "warnings": [], "state": "ok"}]}],
              "next": null
            }
            """);
    }

    private async Task<string> TenantWithUsageAsync()
    {
        var id = (await _api.TenantAsync()).String("id");
        await AddAsync(id, "2026-11-20T14:45:00Z", 1, key: 1, project: 7, member: "ada", model: "plamo");
        await AddAsync(id, "2026-11-20T15:00:00Z", 10, key: 1, project: 7, member: "ada", model: "plamo");
        await AddAsync(id, "2026-11-20T15:00:00Z", 100, key: 2, model: "q\"uote, comma");
        await AddAsync(id, "2026-11-20T15:00:00Z", 1000, key: 3);
        await AddAsync(id, "2026-11-20T15:00:00Z", 123, key: 3, metric: 0);
        return $"/api/v1/tenants/{id}";
    }

    private Task AddAsync(
        string tenantId,
        string bucket,
        long value,
        long key = 1,
        long project = 0,
        string member = "",
        string model = "",
        short metric = 3,
        long unpriced = 0) =>
        SettledUsage.AddAsync(host, tenantId, bucket, value, key, project, member, model, metric, unpriced);
}
