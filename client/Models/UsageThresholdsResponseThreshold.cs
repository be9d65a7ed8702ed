// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record UsageThresholdsResponseThreshold
{
    /// <summary>The values at which people are notified, in the metric's units.</summary>
    public required IReadOnlyList<decimal> Warning { get; init; }

    /// <summary>The value at which requests are refused, in the metric's units; null for none.</summary>
    public required decimal? Blocked { get; init; }
}
