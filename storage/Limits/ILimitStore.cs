using Sluice.Metering.Limits;
using Sluice.Storage.Control;
using Sluice.Storage.Members;

namespace Sluice.Storage.Limits;

/// <summary>
/// The limits of every scope. A row whose value stays keeps its id, because each row fires at most once per period;
/// any change of a scope's limits raises the scope's version in the same transaction.
/// </summary>
public interface ILimitStore
{
    /// <summary>All limits of a tenant and of what lives in it.</summary>
    /// <param name="tenantId">Whose.</param>
    /// <param name="visibility">Beside the tenant's own, which of them; null for all.</param>
    /// <param name="ct">Cancels the query.</param>
    Task<Result<IReadOnlyList<StoredLimit>>> ListAsync(long tenantId, Visibility? visibility, CancellationToken ct);

    /// <summary>
    /// Sets a slot as a whole. Refused where the scope is not the tenant's, and where the tenant's own limit would be
    /// above the operator's quota.
    /// </summary>
    Task<Result<LimitSetting>> SetAsync(
        UnitOfWork tx, long tenantId, LimitSlot slot, LimitSetting setting, CancellationToken ct);

    /// <summary>
    /// Sets all thresholds of an account as a whole; a metric that is not named has none afterwards. The thresholds
    /// have passed <see cref="LimitRules.CheckThresholds"/>.
    /// </summary>
    Task<Result<ThresholdContact>> SetThresholdsAsync(
        UnitOfWork tx,
        long tenantId,
        IReadOnlyList<LimitDraft> thresholds,
        ThresholdContact contact,
        CancellationToken ct);

    /// <summary>Who hears of an account's thresholds; null where that was never set.</summary>
    Task<ThresholdContact?> FindContactAsync(long tenantId, CancellationToken ct);
}
