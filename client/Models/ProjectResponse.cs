// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>A project as the API shows it.</summary>
public sealed record ProjectResponse
{
    /// <summary>The project's id, such as <c>p0000000001a</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The project's name.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it was created with the tenant; such a project can't be deleted.</summary>
    public required bool IsDefault { get; init; }

    /// <summary>When it was created, in UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
