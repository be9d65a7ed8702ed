// Written from the OpenAPI document by a test of the API, which says how.
using System.Text.Json.Serialization;

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record UsageThreshold
{
    /// <summary>
    /// A value above 0, or a list of at most 16, at which people are notified, in the metric's units; none if omitted.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<decimal>? Warning { get; init; }

    /// <summary>The value at which requests are refused, in the metric's units; none if omitted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? Blocked { get; init; }
}
