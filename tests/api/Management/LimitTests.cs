using System.Net;
using System.Text.Json;
using Xunit;

namespace Sluice.Api.Tests.Management;

[Collection<SettingsNode>]
public sealed class LimitTests(NodeHost host)
{
    private readonly ApiCaller _api = host.Operator();

    [Fact]
    public async Task Quota_IsSet_Shown_AndRemovedByNull()
    {
        var tenant = await _api.TenantPathAsync();

        var set = await _api.PutAsync($"{tenant}/quota", """{"amount": 1000.000001}""");
        Assert.Equal("""{"amount":1000.000001}""", set.Is(HttpStatusCode.OK).Text);
        var limit = Assert.Single(await LimitsAsync(tenant));
        Assert.Equal("tenant", limit.GetProperty("scope").GetString());
        Assert.Equal("amount", limit.GetProperty("metric").GetString());
        Assert.Equal("month", limit.GetProperty("period").GetString());
        Assert.Equal("blocked", limit.GetProperty("kind").GetString());
        Assert.Equal("quota", limit.GetProperty("source").GetString());
        Assert.Equal("1000.000001", limit.GetProperty("value").GetRawText());

        (await _api.PutAsync($"{tenant}/quota", """{"amount": null}""")).Is(HttpStatusCode.OK);
        Assert.Empty(await LimitsAsync(tenant));
    }

    [Theory]
    [InlineData("""{}""", "amount: required")]
    [InlineData("""{"amount": -1}""", "amount: negative")]
    [InlineData("""{"amount": 0.0000001}""", "amount: too-many-decimals")]
    [InlineData("""{"amount": 1e30}""", "amount: too-large")]
    public async Task Quota_NamesTheRuleThatAnAmountBreaks(string body, string broken)
    {
        var tenant = await _api.TenantPathAsync();

        (await _api.PutAsync($"{tenant}/quota", body)).BreaksRules(broken);
    }

    [Fact]
    public async Task Quota_TakesNoTextForANumber()
    {
        var tenant = await _api.TenantPathAsync();

        var answer = await _api.PutAsync($"{tenant}/quota", """{"amount": "100"}""");

        answer.IsProblem(HttpStatusCode.BadRequest, "bad-request");
        Assert.Equal("Must be a number.", answer["errors"].GetProperty("amount")[0].GetString());
    }

    [Fact]
    public async Task TheTenantsOwnLimit_IsAtMostTheQuota()
    {
        var tenant = await _api.TenantPathAsync();
        await _api.PutAsync($"{tenant}/quota", new { amount = 100 });

        var above = await _api.PutAsync($"{tenant}/limits/amount", """{"blocked": 100.000001}""");
        above.BreaksRules("blocked: above-quota");
        Assert.Contains("100", above.Text);
        (await _api.PutAsync($"{tenant}/limits/amount", new { blocked = 100 })).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task ALimit_HasWarningsByValueAndPercent_AndRecipients()
    {
        var tenant = await _api.TenantPathAsync();

        var set = await _api.PutAsync($"{tenant}/limits/amount", new
        {
            blocked = 200,
            warnings = new object[] { new { value = 50.5 }, new { percent = 80 } },
            recipients = new[] { "ops@example.com" },
        });

        set.IsJson(
            $$"""
            {
              "scope": "tenant", "scopeId": "{{tenant.Split('/')[^1]}}", "metric": "amount", "period": "month",
              "source": "limit", "blocked": 200,
              "warnings": [{"value": 50.5, "percent": null}, {"value": null, "percent": 80}],
              "recipients": ["ops@example.com"],
              "limits": [{
                "period": "month", "blocked": 200,
                "warnings": [{"value": 50.5, "percent": null}, {"value": null, "percent": 80}],
                "recipients": ["ops@example.com"]
              }]
            }
            """);
        Assert.Equal(set.Text, (await _api.GetAsync($"{tenant}/limits/amount")).Is(HttpStatusCode.OK).Text);
        var kinds = (await LimitsAsync(tenant)).Select(static limit =>
            $"{limit.GetProperty("kind")} {limit.GetProperty("value")}{limit.GetProperty("percent")}");
        Assert.Equal(["blocked 200", "warning 50.5", "warning 80"], kinds);
    }

    [Theory]
    [InlineData("""{"warnings": []}""", "blocked: required")]
    [InlineData("""{"blocked": 100, "warnings": [{"percent": 1000.01}]}""", "warnings[0].percent: too-large")]
    [InlineData("""{"blocked": 100, "warnings": [{"value": 1}, {"value": 0}]}""", "warnings[1]: value-range")]
    [InlineData("""{"blocked": null, "warnings": [{"percent": 50}]}""", "warnings[0].percent: percent-of-nothing")]
    [InlineData("""{"blocked": 100, "warnings": [{"value": 1, "percent": 50}]}""", "warnings[0]: value-or-percent")]
    [InlineData("""{"blocked": 100, "warnings": [{}]}""", "warnings[0]: value-or-percent")]
    [InlineData("""{"blocked": 100, "warnings": [null]}""", "warnings[0]: value-or-percent")]
    [InlineData("""{"blocked": 100, "recipients": ["nobody"]}""", "recipients[0]: address-form")]
    [InlineData("""{"blocked": 100, "period": "day"}""", "period: one-of")]
    public async Task ALimit_NamesTheRuleThatItBreaks(string body, string broken)
    {
        var tenant = await _api.TenantPathAsync();

        (await _api.PutAsync($"{tenant}/limits/amount", body)).BreaksRules(broken);
    }

    [Fact]
    public async Task AProjectsLimit_CountsForTheProject_WhateverTheQuota()
    {
        var tenant = await _api.TenantAsync();
        var path = $"/api/v1/tenants/{tenant.String("id")}";
        var project = tenant.String("defaultProjectId");
        await _api.PutAsync($"{path}/quota", new { amount = 1 });

        (await _api.PutAsync($"{path}/projects/{project}/limits/amount", new { blocked = 500 })).Is(HttpStatusCode.OK);

        Assert.Contains(await LimitsAsync(path), limit =>
            limit.GetProperty("scope").GetString() == "project"
            && limit.GetProperty("scopeId").GetString() == project);
    }

    [Fact]
    public async Task AKeysLimit_IsByMetricAndPeriod_EachSetByItself()
    {
        var (tenant, key) = await KeyAsync();

        (await _api.PutAsync($"{tenant}/keys/{key}/limits/text_tokens", new { blocked = 1000 })).Is(HttpStatusCode.OK);
        (await _api.PutAsync($"{tenant}/keys/{key}/limits/text_tokens", new { blocked = 100, period = "day" }))
            .Is(HttpStatusCode.OK);
        (await _api.PutAsync(
            $"{tenant}/keys/{key}/limits/audio_analyzed_seconds", """{"blocked": 1.125, "period": "total"}"""))
            .Is(HttpStatusCode.OK);

        var set = (await LimitsAsync(tenant)).Select(static limit =>
            $"{limit.GetProperty("metric")} {limit.GetProperty("period")} {limit.GetProperty("value").GetRawText()}");
        Assert.Equal(
            ["text_tokens month 1000", "text_tokens day 100", "audio_analyzed_seconds total 1.125"], set);
    }

    [Fact]
    public async Task AKeysLimits_OfAllPeriods_AreInEveryAnswer_AndNullRemovesThatOfItsPeriod()
    {
        var (tenant, key) = await KeyAsync();
        var limit = $"{tenant}/keys/{key}/limits/text_tokens";

        Assert.Equal("month 100", Show(await _api.PutAsync(limit, new { blocked = 100, period = "month" })));
        Assert.Equal(
            "month 100, day 1000", Show(await _api.PutAsync(limit, new { blocked = 1000, period = "day" })));
        Assert.Equal("month 100, day 1000", Show(await _api.GetAsync($"{limit}?period=total")));
        Assert.Equal("day 1000", Show(await _api.PutAsync(limit, """{"blocked": null}""")));
        Assert.Equal("null", (await _api.GetAsync(limit))["blocked"].GetRawText());
        Assert.Equal("1000", (await _api.GetAsync($"{limit}?period=day"))["blocked"].GetRawText());
        (await _api.GetAsync($"{limit}?period=week")).BreaksRules("period: one-of");

        static string Show(Answer answer) => string.Join(", ", answer.Is(HttpStatusCode.OK)["limits"].EnumerateArray()
            .Select(static each => $"{each.GetProperty("period")} {each.GetProperty("blocked").GetRawText()}"));
    }

    [Fact]
    public async Task WarningsOfOneValue_AreOne_WithTheHighestPercentage()
    {
        var (tenant, key) = await KeyAsync();

        var set = await _api.PutAsync($"{tenant}/keys/{key}/limits/requests", new
        {
            blocked = 1,
            warnings = new[] { 50, 80, 100, 120 }.Select(static percent => new { percent }),
        });

        Assert.Equal(
            ["100", "120"],
            set.Is(HttpStatusCode.OK)["warnings"].EnumerateArray()
                .Select(static warning => warning.GetProperty("percent").GetRawText()));
    }

    [Fact]
    public async Task ALimitThatWasSet_CanBeRead_WhereItWasSet()
    {
        var tenant = await _api.TenantAsync();
        var path = $"/api/v1/tenants/{tenant.String("id")}";
        var project = $"{path}/projects/{tenant.String("defaultProjectId")}/limits/amount";

        var set = await _api.PutAsync(project, new { blocked = 5, warnings = new[] { new { percent = 50 } } });
        Assert.Equal(set.Is(HttpStatusCode.OK).Text, (await _api.GetAsync(project)).Text);
        (await _api.GetAsync($"{path}/quota")).IsJson("""{"amount": null}""");
        await _api.PutAsync($"{path}/quota", new { amount = 7.5 });
        (await _api.GetAsync($"{path}/quota")).IsJson("""{"amount": 7.5}""");
        (await _api.GetAsync($"{path}/projects/p00000000001/limits/amount"))
            .IsProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task AKeysLimit_HasAtMostTheMetricsDecimals()
    {
        var (tenant, key) = await KeyAsync();

        (await _api.PutAsync($"{tenant}/keys/{key}/limits/text_tokens", """{"blocked": 1.5}"""))
            .BreaksRules("blocked: too-many-decimals");
    }

    [Fact]
    public async Task AKeysLimit_NeedsAKeyOfTheTenant_AndAMetric()
    {
        var (tenant, key) = await KeyAsync();
        var (other, _) = await KeyAsync();
        var body = new { blocked = 1 };

        (await _api.PutAsync($"{other}/keys/{key}/limits/requests", body))
            .IsProblem(HttpStatusCode.NotFound, "not-found");
        (await _api.PutAsync($"{tenant}/keys/k00000000001/limits/requests", body))
            .IsProblem(HttpStatusCode.NotFound, "not-found");
        (await _api.PutAsync($"{tenant}/keys/{key}/limits/bananas", body))
            .IsProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task TheLimitsOfADeletedKey_AreNotListed()
    {
        var keys = await _api.KeysPathAsync();
        var key = (await _api.PostAsync(keys, new { name = "web" })).String("id");
        var tenant = keys[..keys.IndexOf("/projects", StringComparison.Ordinal)];
        await _api.PutAsync($"{tenant}/keys/{key}/limits/requests", new { blocked = 1 });

        await _api.DeleteAsync($"{keys}/{key}");

        Assert.Empty(await LimitsAsync(tenant));
    }

    [Fact]
    public async Task AThresholdThatStays_KeepsItsRow_AndAChangedOneIsNew()
    {
        var tenant = await _api.TenantPathAsync();
        await _api.PutAsync(
            $"{tenant}/limits/amount", """{"blocked": 100, "warnings": [{"value": 50}, {"value": 60}]}""");
        var before = await IdsByValueAsync(tenant);

        await _api.PutAsync(
            $"{tenant}/limits/amount", """{"blocked": 200, "warnings": [{"value": 60}, {"value": 70}]}""");
        var after = await IdsByValueAsync(tenant);

        Assert.Equal(["200", "60", "70"], after.Keys.Order());
        Assert.Equal(before["60"], after["60"]);
        Assert.DoesNotContain(after["200"], before.Values);
        Assert.DoesNotContain(after["70"], before.Values);
    }

    [Fact]
    public async Task TheVersion_RisesWithEveryChange_AndOnlyThen()
    {
        var tenant = await _api.TenantPathAsync();

        await _api.PutAsync($"{tenant}/limits/amount", new { blocked = 100 });
        var first = await VersionAsync(tenant);
        await _api.PutAsync($"{tenant}/limits/amount", new { blocked = 100 });
        Assert.Equal(first, await VersionAsync(tenant));
        await _api.PutAsync($"{tenant}/limits/amount", new { blocked = 100, recipients = new[] { "a@example.com" } });
        Assert.Equal(first + 1, await VersionAsync(tenant));
        await _api.PutAsync($"{tenant}/limits/amount", """{"blocked": null}""");
        Assert.Equal(first + 2, await VersionAsync(tenant));
    }

    [Fact]
    public async Task ABoost_OutlivesANewValue()
    {
        var tenant = await _api.TenantPathAsync();
        await _api.PutAsync($"{tenant}/limits/amount", new { blocked = 100 });
        await host.QueryAsync<int>(
            """
            update usage_limit set boosted_value = 500000000, boosted_until = now() + interval '1 day'
            where scope_id = $1
            """,
            Scene.IdOf(tenant));

        await _api.PutAsync($"{tenant}/limits/amount", new { blocked = 120 });

        var limit = Assert.Single(await LimitsAsync(tenant));
        Assert.Equal("120", limit.GetProperty("value").GetRawText());
        Assert.Equal("500", limit.GetProperty("boostedValue").GetRawText());
    }

    private async Task<(string Tenant, string Key)> KeyAsync()
    {
        var keys = await _api.KeysPathAsync();
        var key = await _api.PostAsync(keys, new { name = "web" });
        return (keys[..keys.IndexOf("/projects", StringComparison.Ordinal)], key.String("id"));
    }

    private async Task<IReadOnlyList<JsonElement>> LimitsAsync(string tenant) =>
        [.. (await _api.GetAsync($"{tenant}/limits")).Is(HttpStatusCode.OK)["items"].EnumerateArray()];

    private async Task<Dictionary<string, string>> IdsByValueAsync(string tenant) =>
        (await LimitsAsync(tenant)).ToDictionary(
            static limit => limit.GetProperty("value").GetRawText(),
            static limit => limit.GetProperty("id").GetString()!);

    private Task<long> VersionAsync(string tenant) => host.QueryAsync<long>(
        "select version from limit_version where scope_kind = 0 and scope_id = $1", Scene.IdOf(tenant));
}
