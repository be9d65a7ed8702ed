namespace Sluice.Storage.Projects;

/// <summary>A project of a tenant: manages keys and a budget.</summary>
public sealed record Project
{
    public required long Id { get; init; }

    public required long TenantId { get; init; }

    public required string Name { get; init; }

    /// <summary>The project that was made with the tenant and stays as long as it.</summary>
    public required bool IsDefault { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Null while the project lives.</summary>
    public DateTimeOffset? DeletedAt { get; init; }
}
