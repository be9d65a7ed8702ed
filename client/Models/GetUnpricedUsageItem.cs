// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record GetUnpricedUsageItem
{
    /// <summary>The tenant's id, such as <c>t0000000001a</c>.</summary>
    public required string TenantId { get; init; }

    /// <summary>The model's name; null if the events named none.</summary>
    public required string? Model { get; init; }

    /// <summary>The metric's name, such as <c>text_tokens</c>.</summary>
    public required string Metric { get; init; }

    /// <summary>The usage that was counted and rated 0, in the metric's units.</summary>
    public required decimal Value { get; init; }

    /// <summary>The first quarter hour with such usage, in UTC.</summary>
    public required DateTimeOffset FirstAt { get; init; }

    /// <summary>The last quarter hour with such usage, in UTC.</summary>
    public required DateTimeOffset LastAt { get; init; }
}
