namespace Sluice.Storage.Control.Seats;

/// <summary>A plan with its seats, valid until an instant.</summary>
public sealed record Subscription
{
    public required long Id { get; init; }

    public required long TenantId { get; init; }

    public required string Plan { get; init; }

    public required int Seats { get; init; }

    /// <summary>Monthly credits per seat, in millionths of a credit.</summary>
    public required long CreditsUnits { get; init; }

    /// <summary>First instant at which its seats give no access.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
