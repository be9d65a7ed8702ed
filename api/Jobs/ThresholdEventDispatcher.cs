using Sluice.Storage.Transitions;

namespace Sluice.Api.Jobs;

/// <summary>Writes what follows from thresholds that fired: mails, and whatever else tells of them.</summary>
internal sealed class ThresholdEventDispatcher(ITransitionStore transitions) : IJobWork
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
