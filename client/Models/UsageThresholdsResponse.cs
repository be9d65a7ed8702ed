// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>The operator's thresholds for an account.</summary>
public sealed record UsageThresholdsResponse
{
    /// <summary>The monthly thresholds by the name of the metric.</summary>
    public required IReadOnlyDictionary<string, UsageThresholdsResponseThreshold> Metrics { get; init; }

    /// <summary>Who is notified.</summary>
    public required UsageThresholdsResponseRecipientLists Recipients { get; init; }

    /// <summary>The language of the mails: <c>en</c> or <c>fr</c>.</summary>
    public required string Language { get; init; }
}
