namespace Sluice.Storage.Outbox.Webhooks;

/// <summary>A message to a tenant's webhooks.</summary>
/// <param name="TenantId">The tenant whose webhooks get it.</param>
/// <param name="Event">One of <see cref="WebhookEvents"/>.</param>
/// <param name="MessageId">The id by which receivers detect repeats; the same for the same event on every node, and
/// without a full stop.</param>
/// <param name="ThresholdEventId">The threshold event it reports; null if it reports something else.</param>
/// <param name="Body">The body, byte for byte.</param>
public sealed record WebhookMessage(
    long TenantId, string Event, string MessageId, long? ThresholdEventId, string Body);
