namespace Sluice.Storage.Outbox.Webhooks;

/// <summary>
/// An address at which a tenant is notified of events. Its secret is stored encrypted and is not included.
/// </summary>
public sealed record Webhook
{
    public required long Id { get; init; }

    public required long TenantId { get; init; }

    public required string Url { get; init; }

    /// <summary>The subscribed events, of <see cref="WebhookEvents"/>.</summary>
    public required string[] Events { get; init; }

    /// <summary>When the previous secret stops signing; null if there is none.</summary>
    public DateTimeOffset? PreviousUntil { get; init; }

    /// <summary>The creator: <c>operator</c>, or the id of a member.</summary>
    public required string CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The number of consecutive failed attempts.</summary>
    public int Failures { get; init; }

    /// <summary>When the current run of failures began; null if the last attempt succeeded.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>When it was disabled; null if it is enabled.</summary>
    public DateTimeOffset? DisabledAt { get; init; }

    /// <summary>Why it was disabled, one of <see cref="WebhookEnds"/>; null if it is enabled.</summary>
    public string? DisabledBecause { get; init; }
}
