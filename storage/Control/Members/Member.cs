namespace Sluice.Storage.Control.Members;

/// <summary>A person in a tenant.</summary>
public sealed record Member
{
    public required long Id { get; init; }

    public required long TenantId { get; init; }

    public required string UserName { get; init; }

    /// <summary>The address for mail to the member; null for one who was created without.</summary>
    public string? Email { get; init; }

    public required TenantRole Role { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>
    /// When the member was removed; null if it was not. The row is kept, so that history keeps the name.
    /// </summary>
    public DateTimeOffset? RemovedAt { get; init; }

    public bool HasSecondFactor { get; init; }

    public bool HasPersonalKey { get; init; }

    /// <summary>The member's seat; null if there is none, or it has expired.</summary>
    public long? SeatId { get; init; }
}
