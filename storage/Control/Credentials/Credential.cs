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

    /// <summary>When the key ends by itself: at its own expiry or that of its seat's plan.</summary>
    public long ExpiresAtMs { get; init; }

    /// <summary>
    /// When the plan of the key's seat ends; 0 for a key without a seat, or one that was deleted before that.
    /// </summary>
    public long PlanEndsAtMs { get; init; }

    /// <summary>Why the key admits nothing new; <see cref="KeyEnd.None"/> if it does.</summary>
    public KeyEnd End { get; init; }

    /// <summary>The secrets of the key that regenerations have replaced in the last hours.</summary>
    public IReadOnlyList<RetiredSecret> Retired { get; init; } = [];

    /// <summary>The IANA name of the tenant's zone.</summary>
    public required string TimeZone { get; init; }

    public required string Currency { get; init; }

    /// <summary>Whether the tenant refuses usage without a price where money is limited.</summary>
    public bool RefusesUnpriced { get; init; }
}
