namespace Sluice.Bench.Peers;

/// <summary>The body of <c>POST /v1/usage</c>, as far as the peers need it.</summary>
internal sealed record PeerRequest(string? Id, string? Model, PeerMetrics? Metrics, string? Ack);
