using Sluice.Api.Wire;
using Sluice.Storage.Webhooks;

namespace Sluice.Api.Management.Webhooks;

/// <summary>An entry of a webhook's delivery log.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Event">What was told.</param>
/// <param name="MessageId">What receivers get as <c>webhook-id</c>; the same for every attempt.</param>
/// <param name="State"><c>waiting</c>, <c>delivered</c>, <c>dead</c> or <c>cancelled</c>.</param>
/// <param name="Attempts">Those that have ended.</param>
/// <param name="LastStatus">What the receiver answered last; null where it answered nothing.</param>
/// <param name="LastError">What went wrong last; null where nothing did.</param>
/// <param name="CreatedAt">When it was queued.</param>
/// <param name="TriedAt">When the last attempt began.</param>
/// <param name="DeliveredAt">When the receiver had taken it.</param>
/// <param name="NextAttemptAt">When it is tried next; null where it is not.</param>
internal sealed record DeliveryView(
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
    public static DeliveryView Of(WebhookDelivery delivery) => new(
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
