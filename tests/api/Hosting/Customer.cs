using System.Net;
using System.Text.Json;
using Xunit;

namespace Sluice.Api.Tests.Hosting;

/// <summary>A tenant with a project and a key in it, and the calls that tests make for them.</summary>
internal sealed class Customer
{
    private readonly NodeHost _host;

    private Customer(NodeHost host, string tenantId, string projectId, string projectName, Answer key)
    {
        _host = host;
        (TenantId, ProjectId, ProjectName) = (tenantId, projectId, projectName);
        (KeyId, KeyName, Secret) = (key.String("id"), key.String("name"), key.String("secret"));
        Operator = host.Operator();
        Key = host.Bearing(Secret);
    }

    public string TenantId { get; }

    public string ProjectId { get; }

    public string ProjectName { get; }

    public string KeyId { get; }

    public string KeyName { get; }

    /// <summary>The whole key, as a caller sends it.</summary>
    public string Secret { get; }

    public string TenantPath => $"/api/v1/tenants/{TenantId}";

    public string ProjectPath => $"{TenantPath}/projects/{ProjectId}";

    public string KeyPath => $"{ProjectPath}/keys/{KeyId}";

    public ApiCaller Operator { get; }

    /// <summary>Calls the API with the key.</summary>
    public ApiCaller Key { get; }

    public static async Task<Customer> CreateAsync(
        NodeHost host, string currency = "JPY", string timeZone = "Asia/Tokyo")
    {
        var api = host.Operator();
        var tenant = await api.TenantAsync(timeZone, currency);
        return await KeyOfAsync(host, tenant.String("id"), tenant.String("defaultProjectId"), "Default");
    }

    /// <summary>Creates another key of the same project.</summary>
    public Task<Customer> AnotherKeyAsync() => KeyOfAsync(_host, TenantId, ProjectId, ProjectName);

    /// <summary>Creates a key in another project of the same tenant.</summary>
    public async Task<Customer> AnotherProjectAsync()
    {
        var name = $"project {Guid.NewGuid():n}";
        var project = (await Operator.PostAsync($"{TenantPath}/projects", new { name })).Is(HttpStatusCode.Created);
        return await KeyOfAsync(_host, TenantId, project.String("id"), name);
    }

    /// <summary>Uses a number of tokens.</summary>
    public Task<Answer> UseAsync(long tokens, string? id = null) =>
        Key.PostAsync("/v1/usage", new { id, metrics = new { text_tokens = tokens } });

    /// <summary>Sends a body as it is.</summary>
    public Task<Answer> UseAsync(string body) => Key.PostAsync("/v1/usage", body);

    public async Task LimitKeyAsync(string metric, object? blocked, string period = "month") =>
        (await Operator.PutAsync($"{TenantPath}/keys/{KeyId}/limits/{metric}", new { blocked, period }))
        .Is(HttpStatusCode.OK);

    public async Task LimitProjectAsync(object? blocked) =>
        (await Operator.PutAsync($"{ProjectPath}/limits/amount", new { blocked })).Is(HttpStatusCode.OK);

    public async Task LimitTenantAsync(object? blocked) =>
        (await Operator.PutAsync($"{TenantPath}/limits/amount", new { blocked })).Is(HttpStatusCode.OK);

    public async Task SetQuotaAsync(object? amount) =>
        (await Operator.PutAsync($"{TenantPath}/quota", new { amount })).Is(HttpStatusCode.OK);

    /// <summary>Sets the tenant's threshold of tokens, without warnings.</summary>
    public async Task LimitTokensOfTenantAsync(long blocked) =>
        (await Operator.PutAsync(
            $"{TenantPath}/usage-thresholds", new { metrics = new { text_tokens = new { blocked } } }))
        .Is(HttpStatusCode.OK);

    /// <summary>
    /// Returns what the authority of a scope has counted of a metric this month; 0 if it has nothing.
    /// </summary>
    public async Task<decimal> UsedAsync(string scopeId, string metric = "text_tokens") =>
        (await CounterAsync(scopeId, metric))?.GetProperty("used").GetDecimal() ?? 0;

    public async Task<decimal> HeldAsync(string scopeId, string metric = "text_tokens") =>
        (await CounterAsync(scopeId, metric))?.GetProperty("held").GetDecimal() ?? 0;

    /// <summary>Asserts a scope's usage once reports have reached its authority.</summary>
    public async Task SeesUsedAsync(decimal expected, string scopeId, string metric = "text_tokens") =>
        Assert.Equal(expected, await Eventually.IsAsync(() => UsedAsync(scopeId, metric), expected));

    /// <summary>Asserts the tenant's usage of the whole month once it is in the ledger.</summary>
    public async Task SeesInLedgerAsync(decimal expected, string metric = "text_tokens") =>
        Assert.Equal(expected, await Eventually.IsAsync(() => InLedgerAsync(metric), expected));

    /// <summary>
    /// Asserts that nothing was counted with the key so far: anything counted, even a request of nothing, would be in
    /// the first answer that shows a limit of requests.
    /// </summary>
    public async Task HasCountedNothingAsync()
    {
        await LimitKeyAsync("requests", 1_000_000);
        var used = (await UseAsync(1)).Is(HttpStatusCode.OK)["limits"].EnumerateArray()
            .Single(static limit => limit.GetProperty("metric").GetString() == "requests").GetProperty("used");
        Assert.Equal(1, used.GetInt32());
    }

    /// <summary>Returns the tenant's usage in the ledger.</summary>
    public async Task<decimal> InLedgerAsync(string metric = "text_tokens")
    {
        // The first report after an outage may get an old connection, and an answer to repeat it.
        var report = await Eventually.BecomesAsync(
            () => Operator.GetAsync($"{TenantPath}/usage?metric={metric}&from=2026-10-01"),
            static answer => answer.Status != HttpStatusCode.ServiceUnavailable);
        var items = report.Is(HttpStatusCode.OK)["items"];
        return items.GetArrayLength() == 0 ? 0 : items[0].GetProperty("value").GetDecimal();
    }

    private static async Task<Customer> KeyOfAsync(
        NodeHost host, string tenantId, string projectId, string projectName)
    {
        var keys = $"/api/v1/tenants/{tenantId}/projects/{projectId}/keys";
        var name = $"key {Guid.NewGuid():n}";
        var key = (await host.Operator().PostAsync(keys, new { name })).Is(HttpStatusCode.Created);
        return new Customer(host, tenantId, projectId, projectName, key);
    }

    private async Task<JsonElement?> CounterAsync(string scopeId, string metric)
    {
        var state = (await Operator.GetAsync($"{TenantPath}/state")).Is(HttpStatusCode.OK);
        foreach (var scope in state["items"].EnumerateArray())
        {
            if (scope.GetProperty("scopeId").GetString() != scopeId)
                continue;
            foreach (var counter in scope.GetProperty("metrics").EnumerateArray())
            {
                var month = counter.GetProperty("period").GetString()!.Length == "2026-11".Length;
                if (month && counter.GetProperty("metric").GetString() == metric)
                    return counter;
            }
        }

        return null;
    }
}
