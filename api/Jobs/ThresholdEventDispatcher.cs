using Sluice.Storage.Outbox.Transitions;

namespace Sluice.Api.Jobs;

/// <summary>
/// Writes the notifications of thresholds that fired: mails, webhook deliveries and any other channel.
/// </summary>
internal sealed class ThresholdEventDispatcher(TransitionStore transitions) : IJobWork
{
    public string Name => "tell";

    public TimeSpan Every => TimeSpan.FromSeconds(1);

    public bool OncePerCluster => false;

    public string? WokenBy => "transition";

    public async Task<long> RunAsync(CancellationToken ct)
    {
        var told = 0L;
        while (await transitions.TellAsync(ct) is > 0 and var batch)
            told += batch;
        return told;
    }
}
