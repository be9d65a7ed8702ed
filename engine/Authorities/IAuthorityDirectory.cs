using Sluice.Metering.Identity;
using Sluice.Metering.Leases.Authority;
using Sluice.Metering.Leases.Messages;

namespace Sluice.Engine.Authorities;

/// <summary>
/// The way to the authorities, wherever they live: in this process or in a cluster. Everything else is the same on
/// both sides of this seam.
/// </summary>
public interface IAuthorityDirectory
{
    /// <summary>Numbers of this process.</summary>
    AuthorityCounts Counts { get; }

    /// <summary>An edge reports and asks. Null where nobody answered: the edge asks again.</summary>
    Task<SyncReply?> SyncAsync(SyncRequest request, CancellationToken ct);

    /// <summary>The limits of a scope changed in the database; returns once they are in force everywhere.</summary>
    /// <exception cref="Control.SignalUnavailableException">Not everybody could be reached in time.</exception>
    Task RefreshAsync(ScopeId scope, CancellationToken ct);

    /// <summary>A credential must not be accepted any more; returns once no edge does.</summary>
    /// <exception cref="Control.SignalUnavailableException">Not everybody could be reached in time.</exception>
    Task RevokeAsync(IReadOnlyCollection<long> keyIds, CancellationToken ct);

    /// <summary>Every credential of a tenant, likewise.</summary>
    /// <exception cref="Control.SignalUnavailableException">Not everybody could be reached in time.</exception>
    Task RevokeTenantAsync(long tenantId, CancellationToken ct);

    /// <summary>Prices or metrics have changed; returns once every edge rates by them.</summary>
    Task RatesChangedAsync(CancellationToken ct);

    /// <summary>Live numbers of a scope; null where its authority is not active, so that the store has them.</summary>
    Task<IReadOnlyList<CounterReading>?> ReadAsync(ScopeId scope, CancellationToken ct);
}
