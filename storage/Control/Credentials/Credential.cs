using Sluice.Metering.Keys;

namespace Sluice.Storage.Control.Credentials;

/// <summary>
/// The data of a key that an edge needs to admit requests with it. Times: Unix milliseconds, 0 for none.
/// </summary>
public sealed record Credential
{
    public required long KeyId { get; init; }

    public required KeyKind Kind { get; init; }

    public required long TenantId { get; init; }

    /// <summary>The project's id; 0 for a key without a project.</summary>
    public required long ProjectId { get; init; }

    /// <summary>The seat's id; 0 for a key without a seat.</summary>
    public required long SeatId { get; init; }

    /// <summary>The member's id; 0 for a key without a member.</summary>
    public required long MemberId { get; init; }

    /// <summary>SHA-256 of the secret text.</summary>
    public required byte[] SecretHash { get; init; }

    /// <summary>The hash of the secret before the last regeneration, during its grace period.</summary>
    public byte[]? PreviousHash { get; init; }

    public long PreviousUntilMs { get; init; }

    public long ExpiresAtMs { get; init; }

    /// <summary>The IANA name of the tenant's zone.</summary>
    public required string TimeZone { get; init; }

    public required string Currency { get; init; }
}
