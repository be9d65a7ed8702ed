using System.Text.Json;
using Sluice.LoadTest.Management;

namespace Sluice.Bench.Http;

/// <summary>Reads a node's own counters: <c>GET /api/v1/diagnostics</c>.</summary>
internal static class NodeDiagnostics
{
    /// <summary>
    /// Reads a counter. Memory counters are read after a garbage collection, which the query requests.
    /// </summary>
    /// <exception cref="ManagementException">The node does not have that counter.</exception>
    public static async Task<long> ReadAsync(ManagementCalls node, string counter, CancellationToken cancellation)
    {
        var all = await node.GetAsync("api/v1/diagnostics?collect=true", cancellation);
        return all.TryGetProperty(counter, out var value) && value.ValueKind == JsonValueKind.Number
            ? value.GetInt64()
            : throw new ManagementException($"the node's diagnostics have no {counter}");
    }
}
