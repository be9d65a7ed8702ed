using System.Net;
using System.Text.Json;

namespace Sluice.LoadTest.Management;

/// <summary>The few management calls that a run needs, made as the operator.</summary>
internal sealed class ManagementClient(ManagementCalls calls)
{
    /// <summary>The currency of tenants, unless a run has prices of its own.</summary>
    public const string Currency = "USD";

    /// <summary>Creates the tenant of a billing account in a currency, or finds the existing one.</summary>
    /// <returns>The tenant's id, and whether it already existed.</returns>
    public async Task<(string Id, bool Found)> EnsureTenantAsync(
        string billingAccountId, string currency, CancellationToken cancellation)
    {
        try
        {
            var created = await calls.PostAsync("api/v1/tenants", NewTenant(billingAccountId, currency), cancellation);
            return (TextOf(created, "id"), Found: false);
        }
        catch (ManagementException taken) when (taken.Status == HttpStatusCode.Conflict)
        {
            var tenants = await calls.ListAsync("api/v1/tenants", cancellation);
            var found = tenants.Find(tenant => TextOf(tenant, "billingAccountId") == billingAccountId);
            return found.ValueKind == JsonValueKind.Object
                ? (TextOf(found, "id"), Found: true)
                : throw new ManagementException($"The account {billingAccountId} is taken, but not listed.", taken);
        }
    }

    /// <summary>
    /// Checks whether a tenant exists; false also for a tenant of another server, whose keys don't work here.
    /// </summary>
    public async Task<bool> TenantExistsAsync(string tenantId, CancellationToken cancellation)
    {
        try
        {
            await calls.GetAsync($"api/v1/tenants/{tenantId}", cancellation);
            return true;
        }
        catch (ManagementException gone) when (gone.Status == HttpStatusCode.NotFound)
        {
            return false;
        }
    }

    /// <summary>Lists project ids by name.</summary>
    public Task<Dictionary<string, string>> ListProjectsAsync(string tenantId, CancellationToken cancellation) =>
        ListByNameAsync($"api/v1/tenants/{tenantId}/projects", cancellation);

    public async Task<string> CreateProjectAsync(string tenantId, string name, CancellationToken cancellation)
    {
        var created = await calls.PostAsync($"api/v1/tenants/{tenantId}/projects", new { name }, cancellation);
        return TextOf(created, "id");
    }

    /// <summary>Lists the ids of a project's keys by name.</summary>
    public Task<Dictionary<string, string>> ListKeysAsync(
        string tenantId, string projectId, CancellationToken cancellation) =>
        ListByNameAsync($"api/v1/tenants/{tenantId}/projects/{projectId}/keys", cancellation);

    public async Task<FleetKey> CreateKeyAsync(
        string tenantId, string projectId, string name, CancellationToken cancellation)
    {
        var path = $"api/v1/tenants/{tenantId}/projects/{projectId}/keys";
        var created = await calls.PostAsync(path, new { name }, cancellation);
        return new FleetKey(TextOf(created, "id"), name, TextOf(created, "secret"));
    }

    /// <returns>The new secret.</returns>
    public async Task<string> RegenerateKeyAsync(
        string tenantId, string projectId, string keyId, CancellationToken cancellation)
    {
        var path = $"api/v1/tenants/{tenantId}/projects/{projectId}/keys/{keyId}/regenerate";
        return TextOf(await calls.PostAsync(path, new { }, cancellation), "secret");
    }

    /// <summary>Blocks the whole tenant at a number of tokens per month.</summary>
    public Task BlockTokensAsync(string tenantId, long tokens, CancellationToken cancellation)
    {
        var metrics = new { text_tokens = new { warning = (decimal?)null, blocked = tokens } };
        return calls.PutAsync(
            $"api/v1/tenants/{tenantId}/usage-thresholds", new { metrics, language = "en" }, cancellation);
    }

    /// <summary>Blocks one project at an amount per month.</summary>
    public Task BlockAmountAsync(
        string tenantId, string projectId, decimal amount, CancellationToken cancellation) =>
        calls.PutAsync(
            $"api/v1/tenants/{tenantId}/projects/{projectId}/limits/amount",
            new { blocked = amount, warnings = new[] { new { percent = 80 } } },
            cancellation);

    /// <summary>Blocks one key at a number of tokens per month.</summary>
    public Task BlockKeyTokensAsync(string tenantId, string keyId, long tokens, CancellationToken cancellation) =>
        calls.PutAsync(
            $"api/v1/tenants/{tenantId}/keys/{keyId}/limits/text_tokens",
            new { blocked = tokens, warnings = Array.Empty<object>() },
            cancellation);

    /// <summary>Publishes the price book of a currency.</summary>
    public Task PutPriceBookAsync(
        DateTimeOffset effectiveFrom, string currency, object[] prices, CancellationToken cancellation) =>
        calls.PutAsync(
            "api/v1/price-book",
            new { effectiveFrom = effectiveFrom.UtcDateTime, currency, prices },
            cancellation);

    private static object NewTenant(string billingAccountId, string currency) => new
    {
        name = billingAccountId,
        billingAccountId,
        timeZone = "Etc/UTC",
        language = "en",
        currency,
        owner = new { userName = "owner", email = "owner@example.com" },
    };

    private static string TextOf(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.GetString() is { } text
            ? text
            : throw new ManagementException($"An answer lacks '{name}': {item.GetRawText()}");

    private async Task<Dictionary<string, string>> ListByNameAsync(string path, CancellationToken cancellation)
    {
        var byName = new Dictionary<string, string>();
        foreach (var item in await calls.ListAsync(path, cancellation))
            byName[TextOf(item, "name")] = TextOf(item, "id");
        return byName;
    }
}
