using System.Text.Json;
using Sluice.LoadTest.Management;

namespace Sluice.LoadTest.Checks;

/// <summary>Reads usage from the server, from the ledger and from the live counters.</summary>
internal sealed class UsageReader(ManagementCalls calls)
{
    private const string Metric = "text_tokens";

    /// <summary>Reads the usage of a tenant in a time span.</summary>
    public async Task<decimal> ReadTotalAsync(string tenantId, UsageSpan span, CancellationToken cancellation)
    {
        var answer = await calls.GetAsync($"api/v1/tenants/{tenantId}/usage?{span}&metric={Metric}", cancellation);
        return answer.GetProperty("items").EnumerateArray().Sum(item => item.GetProperty("value").GetDecimal());
    }

    /// <summary>
    /// Reads the usage of a tenant in a time span by <c>key</c> or <c>project</c>; a missing entry means no usage.
    /// </summary>
    public async Task<Dictionary<string, decimal>> ReadGroupedAsync(
        string tenantId, UsageSpan span, string groupBy, CancellationToken cancellation)
    {
        var answer = await calls.GetAsync(
            $"api/v1/tenants/{tenantId}/usage?{span}&metric={Metric}&groupBy={groupBy}", cancellation);
        var groups = new Dictionary<string, decimal>();
        foreach (var item in answer.GetProperty("items").EnumerateArray())
        {
            var group = item.TryGetProperty(groupBy, out var name) ? name.GetString() ?? string.Empty : string.Empty;
            groups[group] = groups.GetValueOrDefault(group) + item.GetProperty("value").GetDecimal();
        }

        return groups;
    }

    /// <summary>Reads the live counters of one metric by scope id: the tenant's, its projects' and its keys'.</summary>
    public async Task<Dictionary<string, StateEntry>> ReadStateAsync(
        string tenantId, string metric, CancellationToken cancellation)
    {
        var state = await calls.GetAsync($"api/v1/tenants/{tenantId}/state", cancellation);
        var entries = new Dictionary<string, StateEntry>();
        foreach (var scope in state.GetProperty("items").EnumerateArray())
            AddScope(entries, scope, metric);

        return entries;
    }

    private static void AddScope(Dictionary<string, StateEntry> entries, JsonElement scope, string metric)
    {
        var id = scope.GetProperty("scopeId").GetString()!;
        foreach (var counter in scope.GetProperty("metrics").EnumerateArray())
        {
            if (counter.GetProperty("metric").GetString() == metric)
                entries[id] = new StateEntry(NumberOf(counter, "used"), NumberOf(counter, "held"));
        }
    }

    private static decimal NumberOf(JsonElement counter, string name) =>
        counter.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
            ? value.GetDecimal()
            : 0;
}
