using Sluice.Metering.Identity;
using Sluice.Metering.Leases.Messages;

namespace Sluice.Engine.Authorities;

/// <summary>The way to one edge, for pushes. A push is a hint: whoever misses it learns the same from a sync.</summary>
public interface IEdgeEndpoint
{
    SessionId Session { get; }

    void OnLimits(LimitsPush push);

    void OnRecall(Recall recall);

    /// <summary>Returns when nothing is admitted with the keys any more.</summary>
    Task RevokeAsync(IReadOnlyCollection<long> keyIds);

    /// <summary>Returns when nothing is admitted with any key of the tenant any more.</summary>
    Task RevokeTenantAsync(long tenantId);

    Task RatesChangedAsync(CancellationToken ct);
}
