// Written from the OpenAPI document by a test of the API, which says how.
using System.Text.Json.Serialization;

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record SetUsageThresholdsRequest
{
    /// <summary>
    /// The monthly thresholds by the name of the metric; a metric that is missing has none. <c>amount</c> and
    /// <c>credits</c> have no thresholds.
    /// </summary>
    public required IReadOnlyDictionary<string, UsageThreshold> Metrics { get; init; }

    /// <summary>Who is notified; needed if there are warnings, no one if omitted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public UsageThresholdRecipients? Recipients { get; init; }

    /// <summary>The language of the mails; the tenant's if omitted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Language { get; init; }
}
