namespace Sluice.Storage.Outbox.Webhooks;

/// <summary>An entry of a webhook's delivery log.</summary>
public sealed record WebhookDelivery
{
    public required long Id { get; init; }

    public required string Event { get; init; }

    /// <summary>The id of the message; the same for every attempt.</summary>
    public required string MessageId { get; init; }

    public required DeliveryState State { get; init; }

    /// <summary>The number of attempts that have ended.</summary>
    public required int Attempts { get; init; }

    /// <summary>When the next attempt begins, if the delivery is waiting.</summary>
    public required DateTimeOffset DueAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? TriedAt { get; init; }

    public DateTimeOffset? DeliveredAt { get; init; }

    /// <summary>The receiver's HTTP status for the last attempt; null if there was no response.</summary>
    public int? LastStatus { get; init; }

    /// <summary>The error of the last attempt; null if there was none.</summary>
    public string? LastError { get; init; }
}
