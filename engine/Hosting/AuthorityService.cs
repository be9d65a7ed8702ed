using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sluice.Engine.Authorities;
using Sluice.Engine.Metering;

namespace Sluice.Engine.Hosting;

/// <summary>
/// Runs what the authorities of this process stand on: their writes, their starts. Started before the edge and stopped
/// after it, because an edge gives its rights back on its way out.
/// </summary>
public sealed class AuthorityService(
    LeaseGroupCommit disk,
    ActivationQueue activations,
    IHostApplicationLifetime lifetime,
    ProcessClock clock,
    ILogger<AuthorityService> logger) : IHostedService
{
    /// <summary>How long a stop may take to write what authorities have decided.</summary>
    private static readonly TimeSpan StopWait = TimeSpan.FromSeconds(10);

    private Task _loops = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _loops = Task.WhenAll(WatchAsync(disk.RunAsync()), WatchAsync(activations.RunAsync()));
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        disk.Complete();
        activations.Complete();
        await _loops.WaitAsync(StopWait, clock.Time, CancellationToken.None)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Without them a node would take requests and never answer.</summary>
    private async Task WatchAsync(Task loop)
    {
        try
        {
            await loop;
        }
        catch (Exception e)
        {
            HostingLog.LoopFailed(logger, e);
            Environment.ExitCode = MeteringNode.FailedExitCode;
            lifetime.StopApplication();
            throw;
        }
    }
}
