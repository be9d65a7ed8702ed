namespace Sluice.Storage.Webhooks;

/// <summary>A delivery that somebody has claimed, with all that an attempt needs.</summary>
public sealed record DueDelivery
{
    public required long Id { get; init; }

    public required long WebhookId { get; init; }

    public required string Url { get; init; }

    /// <summary>What signs it, sealed.</summary>
    public required byte[] Secret { get; init; }

    /// <summary>What signs it too; null where the secret was not replaced lately.</summary>
    public byte[]? PreviousSecret { get; init; }

    public required string Event { get; init; }

    public required string MessageId { get; init; }

    public required string Body { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Attempts before this one.</summary>
    public required int Attempts { get; init; }

    /// <summary>Up to when it is the claimer's; also what tells the claimer from a later one.</summary>
    public required DateTimeOffset LeasedUntil { get; init; }
}
