namespace Sluice.Storage.Webhooks;

/// <summary>Something that a tenant's webhooks are to be told.</summary>
/// <param name="TenantId">Whose webhooks.</param>
/// <param name="Event">One of <see cref="WebhookEvents"/>.</param>
/// <param name="MessageId">
/// What receivers know repeats by; the same for the same happening, whoever writes it down, and without a full stop.
/// </param>
/// <param name="TransitionId">The transition that it tells of; null where it tells of something else.</param>
/// <param name="Body">What is sent, byte for byte.</param>
public sealed record WebhookMessage(
    long TenantId, string Event, string MessageId, long? TransitionId, string Body);
