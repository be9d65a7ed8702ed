// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record HealthRoutesReadyResponse
{
    /// <summary><c>ready</c> or <c>unready</c>.</summary>
    public required string Status { get; init; }

    /// <summary>
    /// The state of each part by its name: <c>ready</c>, or what it lacks. A part that only reports depend on does not
    /// make the node unready.
    /// </summary>
    public required IReadOnlyDictionary<string, string> Parts { get; init; }
}
