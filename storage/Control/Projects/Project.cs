namespace Sluice.Storage.Control.Projects;

/// <summary>A project of a tenant: has its own keys, members and budget.</summary>
public sealed record Project
{
    public required long Id { get; init; }

    public required long TenantId { get; init; }

    public required string Name { get; init; }

    /// <summary>
    /// Whether this is the default project, which is created with the tenant and exists as long as it does.
    /// </summary>
    public required bool IsDefault { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the project was deleted; null if it was not.</summary>
    public DateTimeOffset? DeletedAt { get; init; }
}
