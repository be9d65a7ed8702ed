using Sluice.Metering.Keys;

namespace Sluice.Storage.Control.Keys;

/// <summary>An API key as shown in lists: everything but the secret, which is not stored.</summary>
public sealed record StoredKey
{
    public required long Id { get; init; }

    public required long TenantId { get; init; }

    /// <summary>The project of a project key.</summary>
    public long? ProjectId { get; init; }

    /// <summary>The member whose key it is; for a seat key, the holder of the seat when the key was created.</summary>
    public long? MemberId { get; init; }

    /// <summary>The seat of a seat key.</summary>
    public long? SeatId { get; init; }

    /// <summary>The name of the project, or the user name of the member; null before it is read back.</summary>
    public string? OwnerName { get; init; }

    public required KeyKind Kind { get; init; }

    public required string Name { get; init; }

    /// <summary>When it stops working; null if it has no expiry of its own.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When the secret before the last regeneration stops working; null if it already has.</summary>
    public DateTimeOffset? PreviousUntil { get; init; }

    /// <summary>When the old secret was last used, which shows that a caller has not switched to the new one.</summary>
    public DateTimeOffset? PreviousUsedAt { get; init; }

    public DateTimeOffset? LastUsedAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the key was deleted; null while it is active.</summary>
    public DateTimeOffset? DeletedAt { get; init; }

    /// <summary>Rises with every change to what the key admits.</summary>
    public required long CredentialVersion { get; init; }
}
