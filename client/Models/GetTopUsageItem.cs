// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record GetTopUsageItem
{
    /// <summary>
    /// The id, or the label of a model or member; null for usage that has none, such as that of no project.
    /// </summary>
    public required string? Id { get; init; }

    /// <summary>Its name, as last known; null for a model, or if there is none.</summary>
    public required string? Name { get; init; }

    /// <summary>The usage in the metric's units.</summary>
    public required decimal Value { get; init; }
}
