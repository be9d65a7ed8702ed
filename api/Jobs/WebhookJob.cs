using Sluice.Api.Webhooks;
using Sluice.Storage.Outbox.Webhooks;

namespace Sluice.Api.Jobs;

/// <summary>
/// Sends webhook deliveries. Each receiver is served independently: while a slow one keeps a request of the node busy,
/// the others get their deliveries, including those that become due meanwhile.
/// </summary>
internal sealed class WebhookJob(WebhookQueue queue, WebhookDispatcher courier, TimeProvider time) : IJobWork
{
    /// <summary>The number of receivers that one node serves at the same time.</summary>
    private const int ReceiversMax = 16;

    /// <summary>How long a run that waits for slow receivers pauses before it claims what has become due.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(500);

    /// <summary>How often it looks for deliveries that are due by a clock that was set back.</summary>
    private static readonly TimeSpan CatchUpEvery = TimeSpan.FromMinutes(1);

    private long? _caughtUp;

    public string Name => "webhooks";

    public TimeSpan Every => TimeSpan.FromSeconds(1);

    public bool OncePerCluster => false;

    public string? WokenBy => "webhook_delivery";

    public async Task<long> RunAsync(CancellationToken ct)
    {
        if (_caughtUp is not { } last || time.GetElapsedTime(last) >= CatchUpEvery)
        {
            await queue.CatchUpAsync(time.GetUtcNow(), ct);
            _caughtUp = time.GetTimestamp();
        }

        var under = new Dictionary<long, Task<int>>();
        var delivered = 0L;
        try
        {
            do
            {
                ct.ThrowIfCancellationRequested();
                if (under.Count < ReceiversMax)
                {
                    var due = await queue.ClaimAsync(under.Keys, ReceiversMax - under.Count, time.GetUtcNow(), ct);
                    foreach (var webhook in due.GroupBy(static delivery => delivery.WebhookId))
                    {
                        under.Add(
                            webhook.Key, courier.CarryAsync([.. webhook.OrderBy(static d => d.CreatedAt)], ct));
                    }
                }

                if (under.Count > 0)
                    await Task.WhenAny([.. under.Values, Task.Delay(LookAgain, time, ct)]);
                delivered += await CollectAsync(under);
            }
            while (under.Count > 0);
        }
        finally
        {
            // No delivery is left running, whatever has failed here.
            await Task.WhenAll(under.Values);
        }

        return delivered;
    }

    private static async Task<long> CollectAsync(Dictionary<long, Task<int>> under)
    {
        var delivered = 0L;
        foreach (var (webhook, carried) in under.Where(static pair => pair.Value.IsCompleted).ToList())
        {
            under.Remove(webhook);
            delivered += await carried;
        }

        return delivered;
    }
}
