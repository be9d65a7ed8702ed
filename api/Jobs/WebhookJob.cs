using Sluice.Api.Webhooks;
using Sluice.Storage.Webhooks;

namespace Sluice.Api.Jobs;

/// <summary>
/// Sends what webhooks are to be told. Each receiver is served on its own: while a slow one has a node's request, the
/// others get theirs, and those that come due meanwhile do too.
/// </summary>
internal sealed class WebhookJob(IWebhookQueue queue, WebhookDispatcher courier, TimeProvider time) : IJobWork
{
    /// <summary>Receivers that one node serves at the same time.</summary>
    private const int ReceiversMax = 16;

    /// <summary>How long a run that waits for slow receivers looks away from what comes due.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(500);

    /// <summary>How often it looks for what waits by a clock that was put back.</summary>
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
            // Nobody's work is left running, whatever has gone wrong here.
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
