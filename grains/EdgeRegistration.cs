using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Sluice.Engine.Authorities;
using Sluice.Engine.Metering;
using Sluice.GrainInterfaces;

namespace Sluice.Grains;

/// <summary>Makes the edge of this process known to the grain of its session, again and again.</summary>
public sealed class EdgeRegistration(IGrainFactory grains, ProcessClock clock, ILogger<EdgeRegistration> logger)
    : IEdgeRegistry
{
    /// <summary>How long a grain that has moved may be without its edge.</summary>
    private const int AgainMs = 500;

    // The runtime keeps observers by weak references only.
    private EdgeObserver? _observer;
    private IEdgeEndpoint? _edge;

    public void Join(IEdgeEndpoint edge)
    {
        ArgumentNullException.ThrowIfNull(edge);
        _edge = edge;
        _observer = new EdgeObserver(edge, logger);
    }

    public async Task RunAsync(CancellationToken stop)
    {
        var (edge, observer) = (_edge!, _observer!);
        var reference = grains.CreateObjectReference<IEdgeObserver>(observer);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(AgainMs), clock.Time);
        try
        {
            do
            {
                try
                {
                    await grains.GetGrain<IEdgeSessionGrain>(edge.Session.Value).RegisterAsync(reference);
                }
                catch (Exception e) when (!stop.IsCancellationRequested)
                {
                    ClusterLog.RegisterFailed(logger, e.Message);
                }
            }
            while (await timer.WaitForNextTickAsync(stop));
        }
        catch (OperationCanceledException)
        {
            // Stopped.
        }

        GC.KeepAlive(observer);
    }
}
