// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record GetUsageTrendItem
{
    /// <summary>The first instant of the hour or day, in UTC.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>The first instant after it, in UTC; in the last item it is in the future.</summary>
    public required DateTimeOffset End { get; init; }

    /// <summary>The metric's name, such as <c>text_tokens</c>.</summary>
    public required string Metric { get; init; }

    /// <summary>The usage, in the metric's units; 0 if there was none.</summary>
    public required decimal Value { get; init; }
}
