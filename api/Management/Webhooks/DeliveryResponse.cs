using Sluice.Storage.Outbox.Webhooks;

namespace Sluice.Api.Management.Webhooks;

/// <summary>An entry of a webhook's delivery log.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Event">The name of the event.</param>
/// <param name="MessageId">The <c>webhook-id</c> that receivers get; the same for every attempt.</param>
/// <param name="State"><c>waiting</c>, <c>delivered</c>, <c>dead</c> or <c>cancelled</c>.</param>
/// <param name="Attempts">The attempts that have ended.</param>
/// <param name="LastStatus">The receiver's last status; null if it has not answered.</param>
/// <param name="LastError">What went wrong last; null if nothing did.</param>
/// <param name="CreatedAt">When it was queued.</param>
/// <param name="TriedAt">When the last attempt began.</param>
/// <param name="DeliveredAt">When the receiver accepted it.</param>
/// <param name="NextAttemptAt">When it is tried next; null if it is not.</param>
internal sealed record DeliveryResponse(
    string Id,
    string Event,
    string MessageId,
    DeliveryState State,
    int Attempts,
    int? LastStatus,
    string? LastError,
    DateTimeOffset CreatedAt,
    DateTimeOffset? TriedAt,
    DateTimeOffset? DeliveredAt,
    DateTimeOffset? NextAttemptAt)
{
    public static DeliveryResponse Of(WebhookDelivery delivery) => new(
        Ids.WebhookDelivery(delivery.Id),
        delivery.Event,
        delivery.MessageId,
        delivery.State,
        delivery.Attempts,
        delivery.LastStatus,
        delivery.LastError,
        delivery.CreatedAt,
        delivery.TriedAt,
        delivery.DeliveredAt,
        delivery.State == DeliveryState.Waiting ? delivery.DueAt : null);
}
