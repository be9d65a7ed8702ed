// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record ChangeProjectRequest
{
    /// <summary>The project's name, 1 to 100 characters; unique in the tenant, ignoring case.</summary>
    public required string Name { get; init; }
}
