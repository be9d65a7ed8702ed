namespace Sluice.Storage.Webhooks;

/// <summary>How an attempt ended.</summary>
/// <param name="TriedAt">When it began.</param>
/// <param name="EndedAt">When it was over.</param>
/// <param name="Status">What the receiver answered; null where it answered nothing.</param>
/// <param name="Error">What went wrong, for people; null where it was delivered.</param>
/// <param name="RetryAt">When it is tried again; null where it is not.</param>
/// <param name="IsGone">The receiver wants nothing any more, ever.</param>
public sealed record DeliveryEnd(
    DateTimeOffset TriedAt, DateTimeOffset EndedAt, int? Status, string? Error, DateTimeOffset? RetryAt, bool IsGone)
{
    public bool IsDelivered => Error is null;
}
