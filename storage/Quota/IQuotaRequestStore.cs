using Sluice.Storage.Control;

namespace Sluice.Storage.Quota;

/// <summary>Requests for more quota: tenants ask, the operator decides.</summary>
public interface IQuotaRequestStore
{
    /// <summary>Refused where the amount is no more than the quota.</summary>
    /// <param name="tx">The action's transaction.</param>
    /// <param name="tenantId">Who asks.</param>
    /// <param name="amountUnits">Millionths of the tenant's currency.</param>
    /// <param name="reason">Why.</param>
    /// <param name="ct">Cancels the action.</param>
    Task<Result<QuotaRequest>> CreateAsync(
        UnitOfWork tx, long tenantId, long amountUnits, string reason, CancellationToken ct);

    /// <summary>Refused where there is no such tenant.</summary>
    /// <param name="tenantId">Whose; null for everybody's.</param>
    /// <param name="state">In which state; null for all.</param>
    /// <param name="page">Which page.</param>
    /// <param name="ct">Cancels the query.</param>
    Task<Result<Page<QuotaRequest>>> ListAsync(
        long? tenantId, QuotaRequestState? state, PageRequest page, CancellationToken ct);

    /// <summary>
    /// Decides, sets the quota where it is approved, and queues mail to the tenant's owner and administrators. Refused
    /// where somebody has decided already, and where approving would not raise the quota.
    /// </summary>
    Task<Result<QuotaRequest>> DecideAsync(
        UnitOfWork tx, long requestId, QuotaDecision decision, CancellationToken ct);
}
