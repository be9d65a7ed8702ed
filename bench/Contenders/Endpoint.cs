using Sluice.LoadTest.Http;
using Sluice.LoadTest.Management;

namespace Sluice.Bench.Contenders;

/// <summary>The addresses and keys with which a contender takes load.</summary>
/// <param name="Targets">Its nodes; connections are assigned to them in turn.</param>
/// <param name="Keys">In the order of their tenants.</param>
/// <param name="GatewayToken">The gateway token, if it takes batches.</param>
internal sealed record Endpoint(
    IReadOnlyList<HttpTarget> Targets, IReadOnlyList<FleetKey> Keys, string? GatewayToken = null);
