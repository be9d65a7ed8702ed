// Written from the OpenAPI document by a test of the API, which says how.
using System.Text.Json.Serialization;

namespace Sluice.Client.Models;

/// <summary>How a key's secret is replaced.</summary>
public sealed record RegenerateRequest
{
    /// <summary>How long the old secret continues to work, 0 to 2,592,000 seconds (30 days); 0 if omitted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? GraceSeconds { get; init; }
}
