using System.Security.Cryptography;
using Sluice.Storage.Outbox.Webhooks;

namespace Sluice.Api.Webhooks;

/// <summary>Sends the claimed deliveries of one webhook, one after the other, and records the results.</summary>
internal sealed class WebhookDispatcher(
    WebhookQueue queue,
    WebhookSender sender,
    WebhookMetrics meter,
    TimeProvider time,
    ILogger<WebhookDispatcher> logger)
{
    /// <summary>The granularity of random waiting times.</summary>
    private const int Chances = 10_001;

    /// <returns>The number of deliveries that arrived.</returns>
    public async Task<int> CarryAsync(IReadOnlyList<DueDelivery> deliveries, CancellationToken ct)
    {
        var delivered = 0;
        for (var i = 0; i < deliveries.Count; i++)
        {
            try
            {
                // When the lease ends, what is left over belongs to another node.
                if (ct.IsCancellationRequested || time.GetUtcNow() >= deliveries[i].LeasedUntil)
                {
                    await queue.ReleaseAsync([.. deliveries.Skip(i)], time.GetUtcNow(), CancellationToken.None);
                    break;
                }

                var (isDelivered, disabled) = await CarryAsync(deliveries[i], ct);
                if (isDelivered)
                    delivered++;

                // The other deliveries were cancelled together with the webhook.
                if (disabled is not null)
                    break;
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                // The next round gives it back with the others; receivers recognize a repeated delivery by its id.
                i--;
            }
        }

        return delivered;
    }

    private async Task<(bool IsDelivered, string? Disabled)> CarryAsync(DueDelivery delivery, CancellationToken ct)
    {
        var started = time.GetTimestamp();
        var triedAt = time.GetUtcNow();
        SendResult result;
        try
        {
            result = await sender.SendAsync(delivery, ct);
        }
        catch (CryptographicException lost)
        {
            // The key that encrypted the secret is gone: nothing can be signed until the secret is replaced.
            WebhookLog.Broken(logger, IdOf(delivery), WebhookOf(delivery), lost);
            result = new(null, "The secret can't be read any more; rotate it.");
        }

        var endedAt = time.GetUtcNow();
        var wait = result.Error is null || result.IsGone
            ? null
            : RetryPlan.After(
                delivery.Event,
                delivery.Attempts + 1,
                RandomNumberGenerator.GetInt32(Chances) / (double)(Chances - 1));
        var end = new DeliveryEnd(triedAt, endedAt, result.Status, result.Error, endedAt + wait, result.IsGone);

        // The result is recorded even while the node stops.
        var disabled = await queue.EndAsync(delivery, end, CancellationToken.None);
        meter.Attempted(end, time.GetElapsedTime(started));
        Tell(delivery, end, disabled);
        return (end.IsDelivered, disabled);
    }

    private void Tell(DueDelivery delivery, DeliveryEnd end, string? disabled)
    {
        if (end is { IsDelivered: false, RetryAt: null })
            WebhookLog.GivenUp(logger, IdOf(delivery), WebhookOf(delivery));
        else if (!end.IsDelivered)
            WebhookLog.Failed(logger, IdOf(delivery), WebhookOf(delivery), end.Status);
        if (disabled is null)
            return;
        meter.Disabled(disabled);
        WebhookLog.Disabled(logger, WebhookOf(delivery), disabled);
    }

    private static string IdOf(DueDelivery delivery) => IdText.Format(IdText.WebhookDelivery, delivery.Id);

    private static string WebhookOf(DueDelivery delivery) => IdText.Format(IdText.Webhook, delivery.WebhookId);
}
