using Sluice.Metering.Identity;
using Sluice.Storage.Members;

namespace Sluice.Engine.Control;

/// <summary>
/// What the control plane tells the running parts after it has committed a change. Each call reads the truth from the
/// database, so repeating one is harmless, and returns once the change is in force on every node.
/// </summary>
/// <remarks>
/// Every method throws <see cref="SignalUnavailableException"/> when a node or an authority can't be reached: the
/// change is saved, but not in force everywhere yet, and the call may be repeated.
/// </remarks>
public interface IControlSignals
{
    /// <summary>The limits of a scope were set, raised or removed.</summary>
    Task LimitsChangedAsync(ScopeId scope, CancellationToken ct);

    /// <summary>
    /// A key was regenerated or deleted, or its expiry was changed; returns when no node accepts the old secret.
    /// </summary>
    Task KeyChangedAsync(long keyId, CancellationToken ct);

    /// <summary>A tenant was suspended, resumed or deleted, or its time zone was changed.</summary>
    Task TenantChangedAsync(long tenantId, CancellationToken ct);

    /// <summary>A project and all its keys were deleted; returns when no node accepts any of them.</summary>
    Task ProjectDeletedAsync(long tenantId, long projectId, CancellationToken ct);

    /// <summary>
    /// The plan of seats was renewed; returns when every node goes by its new end, and accepts no key that this took
    /// away.
    /// </summary>
    Task SubscriptionChangedAsync(long subscriptionId, CancellationToken ct);

    /// <summary>A price book was added.</summary>
    Task PricesChangedAsync(CancellationToken ct);

    /// <summary>A metric was added.</summary>
    Task MetricsChangedAsync(CancellationToken ct);

    /// <summary>Live usage, holds and states of a tenant and of what lives in it; at most 1 s old.</summary>
    /// <param name="tenantId">Whose.</param>
    /// <param name="visibility">What of it is asked for; null for everything.</param>
    /// <param name="ct">Cancels the question.</param>
    Task<IReadOnlyList<ScopeLiveState>> StateAsync(long tenantId, Visibility? visibility, CancellationToken ct);
}
