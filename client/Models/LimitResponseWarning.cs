// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record LimitResponseWarning
{
    /// <summary>The value, in the metric's units; null if it was set as a percentage.</summary>
    public required decimal? Value { get; init; }

    /// <summary>The percentage of the blocked value; null if it was set as a value.</summary>
    public required decimal? Percent { get; init; }
}
