using Sluice.Metering.Identity;
using Sluice.Metering.Leases.Messages;

namespace Sluice.Engine.Authorities;

/// <summary>
/// The endpoint of one edge, for pushes. A push is a hint: an edge that misses it learns the same from its next sync.
/// </summary>
public interface IEdgeEndpoint
{
    SessionId Session { get; }

    void OnLimits(LimitsPush push);

    void OnRecall(Recall recall);

    /// <summary>
    /// Lets go of a hold whose end another node has written. If this is lost, the hold is let go when it expires.
    /// </summary>
    void OnHoldEnded(Guid reservationId);

    /// <summary>Applies a change; returns once nothing is admitted by what was before.</summary>
    Task ApplyAsync(NodeChange change, CancellationToken ct);
}
