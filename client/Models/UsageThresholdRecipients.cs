// Written from the OpenAPI document by a test of the API, which says how.
using System.Text.Json.Serialization;

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record UsageThresholdRecipients
{
    /// <summary>At most 20 addresses that are notified of warnings; at least one is needed if there are any.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Warning { get; init; }

    /// <summary>At most 20 addresses that are notified of blocked values; none if omitted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Blocked { get; init; }
}
