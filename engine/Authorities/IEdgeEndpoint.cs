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

    /// <summary>Revokes keys; returns once nothing is admitted with them.</summary>
    Task RevokeAsync(IReadOnlyCollection<long> keyIds);

    /// <summary>Revokes every key of a tenant; returns once nothing is admitted with any of them.</summary>
    Task RevokeTenantAsync(long tenantId);

    Task RatesChangedAsync(CancellationToken ct);
}
