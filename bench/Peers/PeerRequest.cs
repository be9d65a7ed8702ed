namespace Sluice.Bench.Peers;

/// <summary>The body of <c>POST /v1/usage</c>, reduced to what the peers need.</summary>
internal sealed record PeerRequest(string? Id, string? Model, PeerMetrics? Metrics, string? Ack);
