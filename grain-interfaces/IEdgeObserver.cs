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

    [Alias("hold-ended"), OneWay]
    Task OnHoldEndedAsync(HoldEndedMessage message);

    /// <summary>
    /// Applies a change; returns the seal of the confirmation once nothing is admitted by what was before. Null if the
    /// edge could not read it from the database, or the sender has not read the row of its session.
    /// </summary>
    /// <param name="message">The change.</param>
    /// <param name="call">A random number of this call, so that no earlier confirmation matches.</param>
    /// <param name="seal">The sender's seal.</param>
    [Alias("confirm"), ResponseTimeout("00:00:02")]
    Task<byte[]?> ConfirmAsync(ChangeMessage message, Guid call, byte[] seal);

    /// <summary>
    /// Applies a change for a node of an older version; returns true once nothing is admitted by what was before. False
    /// if the edge could not read it from the database: an exception could not be distinguished from a failure of the
    /// connection between the nodes.
    /// </summary>
    [Alias("apply"), ResponseTimeout("00:00:02")]
    Task<bool> ApplyAsync(ChangeMessage message);
}
