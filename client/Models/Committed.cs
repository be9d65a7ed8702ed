// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record Committed
{
    /// <summary>When it was committed.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The model that was used; empty if none was named.</summary>
    public required string Model { get; init; }

    /// <summary>The member that used it; empty if none was named.</summary>
    public required string Member { get; init; }

    /// <summary>What was used, by metric name.</summary>
    public required IReadOnlyDictionary<string, decimal> Metrics { get; init; }

    /// <summary>Its price in the tenant's currency.</summary>
    public required decimal Amount { get; init; }

    /// <summary>Its price in credits.</summary>
    public required decimal Credits { get; init; }
}
