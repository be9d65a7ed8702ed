using System.Text.Json.Serialization;

namespace Sluice.Bench.Peers;

/// <summary>The one metric that the load carries.</summary>
internal sealed record PeerMetrics([property: JsonPropertyName("text_tokens")] long TextTokens);
