namespace Sluice.Storage.Control.Seats;

/// <summary>One seat of a subscription.</summary>
public sealed record Seat
{
    public required long Id { get; init; }

    public required long TenantId { get; init; }

    public required long SubscriptionId { get; init; }

    public required string Plan { get; init; }

    public required SeatState State { get; init; }

    /// <summary>The member who holds it, or held it when the plan ended.</summary>
    public long? MemberId { get; init; }

    /// <summary>The user name of that member.</summary>
    public string? MemberName { get; init; }

    public DateTimeOffset? AssignedAt { get; init; }

    /// <summary>The plan's end: first instant at which the seat gives no access.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Monthly credits, in millionths of a credit.</summary>
    public required long CreditsUnits { get; init; }

    /// <summary>What it had used in the month when its plan was last renewed; its credits count from there.</summary>
    public long CreditsBaseUnits { get; init; }

    /// <summary>The id of its active key.</summary>
    public long? KeyId { get; init; }
}
