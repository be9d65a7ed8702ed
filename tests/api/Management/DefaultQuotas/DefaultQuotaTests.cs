using System.Net;
using System.Text.Json;
using Xunit;

namespace Sluice.Api.Tests.Management.DefaultQuotas;

/// <summary>What the platform gives every new tenant; a host of its own, because it holds for all tenants.</summary>
public sealed class DefaultQuotaTests(NodeHost host) : IClassFixture<NodeHost>
{
    private const string Path = "/api/v1/default-quotas";

    private readonly ApiCaller _api = host.Operator();

    [Fact]
    public async Task ANewTenant_StartsWithTheQuotaOfItsCurrency()
    {
        (await _api.PutAsync(Path, """{"JPY": 1500.5, "EUR": 20}""")).Is(HttpStatusCode.OK);

        var japanese = await Customer.CreateAsync(host, "JPY");
        var swiss = await Customer.CreateAsync(host, "CHF");

        var quota = Assert.Single((await _api.GetAsync($"{japanese.TenantPath}/limits")).Items());
        Assert.Equal(
            ("quota", "amount", "1500.5"),
            (quota.GetProperty("source").GetString(), quota.GetProperty("metric").GetString(),
                quota.GetProperty("value").GetRawText()));
        Assert.Empty((await _api.GetAsync($"{swiss.TenantPath}/limits")).Items());
        // It is a ceiling like any other.
        (await _api.PutAsync($"{japanese.TenantPath}/limits/amount", new { blocked = 1501 }))
            .BreaksRules("blocked: above-quota");
        Assert.Equal(1L, await host.QueryAsync<long>(
            "select count(*) from audit_log where tenant_id = $1 and action = 'quota.set'",
            Scene.IdOf(japanese.TenantPath)));
    }

    [Fact]
    public async Task ANewDefault_LeavesTenantsThatExistAlone()
    {
        (await _api.PutAsync(Path, """{"JPY": 100}""")).Is(HttpStatusCode.OK);
        var customer = await Customer.CreateAsync(host);

        (await _api.PutAsync(Path, """{"JPY": 7}""")).Is(HttpStatusCode.OK);

        var quota = Assert.Single((await _api.GetAsync($"{customer.TenantPath}/limits")).Items());
        Assert.Equal("100", quota.GetProperty("value").GetRawText());
    }

    [Fact]
    public async Task WhatIsPut_IsGot_AndCanBePutAgain()
    {
        var put = (await _api.PutAsync(Path, """{"USD": 3, "JPY": 0, "EUR": null}"""))
            .IsJson("""{"JPY": 0, "USD": 3}""");

        var got = (await _api.GetAsync(Path)).Is(HttpStatusCode.OK);
        Assert.Equal(put.Text, got.Text);
        var entries = await EntriesAsync();
        (await _api.PutAsync(Path, got.Text)).Is(HttpStatusCode.OK);
        Assert.Equal(entries, await EntriesAsync());
        (await _api.PutAsync(Path, "{}")).IsJson("{}");
        Assert.Equal(entries + 1, await EntriesAsync());
        var before = await host.QueryAsync<string>(
            "select before::text from audit_log where action = 'default-quotas.set' order by id desc limit 1");
        Assert.Equal(3, JsonDocument.Parse(before!).RootElement.GetProperty("USD").GetDecimal());

        Task<long> EntriesAsync() => host.QueryAsync<long>(
            "select count(*) from audit_log where action = 'default-quotas.set'");
    }

    [Fact]
    public async Task EveryRuleThatIsBroken_IsNamed_AndOnlyTheOperatorSetsThem()
    {
        var owner = await Person.OwnerAsync(host);

        (await _api.PutAsync(Path, """{"XXX": 1, "EUR": -1, "USD": 0.0000001}""")).BreaksRules(
            "XXX: currency-unknown", "EUR: negative", "USD: too-many-decimals");
        (await _api.PutAsync(Path, """{"EUR": "1"}""")).IsProblem(HttpStatusCode.BadRequest, "bad-request");
        (await owner.Api.PutAsync(Path, "{}")).Lacks("quota:set");
        (await owner.Api.GetAsync(Path)).Lacks("quota:set");
    }
}
