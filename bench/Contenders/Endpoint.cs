using Sluice.LoadTest.Fleets;
using Sluice.LoadTest.Http;

namespace Sluice.Bench.Contenders;

/// <summary>Where and with which keys a contender takes load.</summary>
/// <param name="Targets">Its nodes; connections are dealt to them in turn.</param>
/// <param name="Keys">In the order of their tenants.</param>
/// <param name="GatewayToken">Where it takes batches.</param>
internal sealed record Endpoint(
    IReadOnlyList<HttpTarget> Targets, IReadOnlyList<FleetKey> Keys, string? GatewayToken = null);
