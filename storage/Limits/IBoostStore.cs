using Sluice.Metering.Identity;
using Sluice.Metering.Metrics;
using Sluice.Storage.Control;
using Sluice.Storage.Members;

namespace Sluice.Storage.Limits;

/// <summary>Temporary raises of blocked limits; each is a part of the limit that it raises.</summary>
public interface IBoostStore
{
    /// <summary>The boosts that have not ended, as the limits that they raise.</summary>
    /// <param name="tenantId">Whose.</param>
    /// <param name="visibility">Which of them; null for all.</param>
    /// <param name="ct">Cancels the query.</param>
    Task<Result<IReadOnlyList<StoredLimit>>> ListAsync(long tenantId, Visibility? visibility, CancellationToken ct);

    /// <summary>
    /// The blocked limits of a metric at a scope. They stay as they are until the action ends. Refused where the scope
    /// is not the tenant's.
    /// </summary>
    Task<Result<IReadOnlyList<StoredLimit>>> LockAsync(
        UnitOfWork tx, long tenantId, ScopeId scope, MetricId metric, CancellationToken ct);

    /// <summary>The limit that a boost raises, or has raised while nobody took the boost away; likewise.</summary>
    Task<Result<StoredLimit>> LockAsync(UnitOfWork tx, long tenantId, long boostId, CancellationToken ct);

    /// <summary>Boosts a limit that was locked before; null takes the boost away.</summary>
    Task<StoredLimit> SetAsync(
        UnitOfWork tx, long tenantId, StoredLimit limit, Boost? boost, CancellationToken ct);
}
