namespace Sluice.Storage.Outbox.Webhooks;

/// <summary>The result of an attempt.</summary>
/// <param name="TriedAt">When it began.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="Status">The receiver's HTTP status; null if there was no response.</param>
/// <param name="Error">A description of the failure; null if it was delivered.</param>
/// <param name="RetryAt">When it is retried; null if it is not.</param>
/// <param name="IsGone">Whether the receiver wants no more deliveries, ever.</param>
public sealed record DeliveryEnd(
    DateTimeOffset TriedAt, DateTimeOffset EndedAt, int? Status, string? Error, DateTimeOffset? RetryAt, bool IsGone)
{
    public bool IsDelivered => Error is null;
}
