namespace Sluice.Storage.Outbox.Webhooks;

/// <summary>A claimed delivery, with everything that an attempt needs.</summary>
public sealed record DueDelivery
{
    public required long Id { get; init; }

    public required long WebhookId { get; init; }

    public required string Url { get; init; }

    /// <summary>The signing secret, encrypted.</summary>
    public required byte[] Secret { get; init; }

    /// <summary>The previous secret, which also signs; null if the secret was not replaced recently.</summary>
    public byte[]? PreviousSecret { get; init; }

    public required string Event { get; init; }

    public required string MessageId { get; init; }

    public required string Body { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The number of attempts before this one.</summary>
    public required int Attempts { get; init; }

    /// <summary>The end of the claim; also distinguishes this claim from a later one.</summary>
    public required DateTimeOffset LeasedUntil { get; init; }
}
