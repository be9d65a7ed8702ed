using Orleans.Concurrency;
using Sluice.GrainInterfaces.Messages;

namespace Sluice.GrainInterfaces;

/// <summary>An edge as called by the cluster.</summary>
[Alias("sluice.edge")]
public interface IEdgeObserver : IGrainObserver
{
    [Alias("limits"), OneWay]
    Task OnLimitsAsync(LimitsMessage message);

    [Alias("recall"), OneWay]
    Task OnRecallAsync(RecallMessage message);

    /// <summary>
    /// Applies a change; returns true once nothing is admitted by what was before. False if the edge could not read it
    /// from the database: an exception could not be distinguished from a failure of the connection between the nodes.
    /// </summary>
    [Alias("apply"), ResponseTimeout("00:00:02")]
    Task<bool> ApplyAsync(ChangeMessage message);
}
