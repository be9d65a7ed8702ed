using Sluice.Storage.Outbox.Webhooks;

namespace Sluice.Api.Management.Webhooks;

/// <summary>An entry of a webhook's delivery log.</summary>
/// <param name="Id">The delivery's id, such as <c>d0000000001a</c>.</param>
/// <param name="Event">The name of the event, such as <c>limit.warning</c>.</param>
/// <param name="MessageId">The <c>webhook-id</c> that the receiver gets, the same for every attempt.</param>
/// <param name="State">Whether it waits, was accepted, has failed for good, or was cancelled.</param>
/// <param name="Attempts">The number of attempts that have ended.</param>
/// <param name="LastStatus">The HTTP status of the receiver's last response; null if the last attempt got none.</param>
/// <param name="LastError">What was wrong with the last attempt; null if nothing was.</param>
/// <param name="CreatedAt">When it was created, in UTC.</param>
/// <param name="TriedAt">When the last attempt began, in UTC; null before the first.</param>
/// <param name="DeliveredAt">When the receiver accepted it, in UTC; null if it has not.</param>
/// <param name="NextAttemptAt">When the next attempt begins, in UTC; null if there is none.</param>
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
