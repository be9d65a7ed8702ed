// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record HealthRoutesLiveResponse
{
    /// <summary><c>live</c>: the process answers.</summary>
    public required string Status { get; init; }
}
