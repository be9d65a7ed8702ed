using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sluice.Bench.Peers;

/// <summary>Generated serialization, as in a careful service, so that JSON costs every contender the same.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(PeerRequest))]
internal sealed partial class PeerJson : JsonSerializerContext;
