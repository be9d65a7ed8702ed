using Sluice.LoadTest.Fleets;
using Sluice.LoadTest.Http;

namespace Sluice.Bench.Contenders;

/// <summary>Where and with which keys a contender takes load.</summary>
internal sealed record Endpoint(HttpTarget Target, IReadOnlyList<FleetKey> Keys, string? GatewayToken = null);
