// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record LimitResponseInPeriod
{
    /// <summary>The period over which usage adds up.</summary>
    public required string Period { get; init; }

    /// <summary>The value at which requests are refused, in the metric's units; null for none.</summary>
    public required decimal? Blocked { get; init; }

    /// <summary>The values at which people are notified.</summary>
    public required IReadOnlyList<LimitResponseWarning> Warnings { get; init; }

    /// <summary>The addresses to notify that were set with it; empty for callers who may not see them.</summary>
    public required IReadOnlyList<string> Recipients { get; init; }
}
