namespace Sluice.Storage.Webhooks;

/// <summary>Where a tenant wants to be told of events. Its secret is kept sealed and is not part of this.</summary>
public sealed record Webhook
{
    public required long Id { get; init; }

    public required long TenantId { get; init; }

    public required string Url { get; init; }

    /// <summary>Of <see cref="WebhookEvents"/>.</summary>
    public required string[] Events { get; init; }

    /// <summary>Until when the secret before this one signs too; null where there is none.</summary>
    public DateTimeOffset? PreviousUntil { get; init; }

    /// <summary><c>operator</c>, or the id of a member.</summary>
    public required string CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Failed attempts in a row.</summary>
    public int Failures { get; init; }

    /// <summary>Since when there has been nothing else; null where the last attempt went well.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>Since when nothing is sent there; null where it is enabled.</summary>
    public DateTimeOffset? DisabledAt { get; init; }

    /// <summary>Of <see cref="WebhookEnds"/>; null where it is enabled.</summary>
    public string? DisabledBecause { get; init; }
}
