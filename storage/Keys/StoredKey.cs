using Sluice.Metering.Keys;

namespace Sluice.Storage.Keys;

/// <summary>An API key as lists show it: everything but the secret, which is kept nowhere.</summary>
public sealed record StoredKey
{
    public required long Id { get; init; }

    public required long TenantId { get; init; }

    /// <summary>Of a project key.</summary>
    public long? ProjectId { get; init; }

    /// <summary>Whose key it is; of a seat key, who held the seat when it was made.</summary>
    public long? MemberId { get; init; }

    /// <summary>Of a seat key.</summary>
    public long? SeatId { get; init; }

    public required KeyKind Kind { get; init; }

    public required string Name { get; init; }

    /// <summary>The instant it stops working; null where it doesn't by itself.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Until when the secret before the last regeneration works; null where it doesn't any more.</summary>
    public DateTimeOffset? PreviousUntil { get; init; }

    /// <summary>When the old secret was last used, which says who has not moved to the new one.</summary>
    public DateTimeOffset? PreviousUsedAt { get; init; }

    public DateTimeOffset? LastUsedAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Null while the key lives.</summary>
    public DateTimeOffset? DeletedAt { get; init; }

    /// <summary>Rises whenever what the key admits changes.</summary>
    public required long CredentialVersion { get; init; }
}
