using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sluice.Engine.Authorities;
using Sluice.Engine.Time;

namespace Sluice.Engine.Hosting;

/// <summary>
/// Runs the background work of the authorities in this process: their writes and activations. Started before the edge
/// and stopped after it, because an edge returns its rights when it stops.
/// </summary>
public sealed class AuthorityService(
    AuthorityStorage storage,
    IHostApplicationLifetime lifetime,
    ProcessClock clock,
    ILogger<AuthorityService> logger) : IHostedService
{
    /// <summary>Maximum time a stop may take to write what the authorities have decided.</summary>
    private static readonly TimeSpan StopWait = TimeSpan.FromSeconds(10);

    private Task _loops = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _loops = Task.WhenAll(storage.Run().Select(WatchAsync));
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        storage.Complete();
        await _loops.WaitAsync(StopWait, clock.Time, CancellationToken.None)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>
    /// Stops the node if a loop fails: without these loops it would accept requests and never answer.
    /// </summary>
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
