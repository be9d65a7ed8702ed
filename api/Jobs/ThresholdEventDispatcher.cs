using Sluice.Storage.Outbox.ThresholdEvents;

namespace Sluice.Api.Jobs;

/// <summary>
/// Writes the notifications of thresholds that fired: mails, webhook deliveries and any other channel.
/// </summary>
internal sealed class ThresholdEventDispatcher(ThresholdEventStore thresholdEvents) : IJobWork
{
    public string Name => "tell";

    public TimeSpan Every => TimeSpan.FromSeconds(1);

    public bool OncePerCluster => false;

    public string? WokenBy => "transition";

    public async Task<long> RunAsync(CancellationToken ct)
    {
        var told = 0L;
        while (await thresholdEvents.TellAsync(ct) is > 0 and var batch)
            told += batch;
        return told;
    }
}
