namespace Sluice.Storage.Webhooks;

/// <summary>An entry of a webhook's delivery log.</summary>
public sealed record WebhookDelivery
{
    public required long Id { get; init; }

    public required string Event { get; init; }

    /// <summary>The same for every attempt.</summary>
    public required string MessageId { get; init; }

    public required DeliveryState State { get; init; }

    /// <summary>Those that have ended.</summary>
    public required int Attempts { get; init; }

    /// <summary>When the next attempt begins, of one that waits.</summary>
    public required DateTimeOffset DueAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? TriedAt { get; init; }

    public DateTimeOffset? DeliveredAt { get; init; }

    /// <summary>What the receiver answered to the last attempt; null where it answered nothing.</summary>
    public int? LastStatus { get; init; }

    /// <summary>What went wrong with the last attempt; null where nothing did.</summary>
    public string? LastError { get; init; }
}
