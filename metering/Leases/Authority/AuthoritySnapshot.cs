using Sluice.Metering.Identity;
using Sluice.Metering.Limits;

namespace Sluice.Metering.Leases.Authority;

/// <summary>The state that an authority starts from, read in one transaction after its epoch was raised.</summary>
/// <param name="Scope">The owner of the counters.</param>
/// <param name="Epoch">The authority's own epoch, the highest so far.</param>
/// <param name="Limits">The limits in force.</param>
/// <param name="EffectiveVersion">The newest limit version known to have been in force everywhere.</param>
/// <param name="Accounts">The accounts of sessions that are not settled.</param>
/// <param name="Settled">The totals of settled sessions.</param>
/// <param name="Thresholds">The threshold events of the periods that may still matter.</param>
/// <param name="Armed">Thresholds that have been compared with usage once.</param>
/// <param name="Sessions">All sessions that are not settled: live ones and those whose end is reported later.</param>
public sealed record AuthoritySnapshot(
    ScopeId Scope,
    long Epoch,
    LimitSet Limits,
    long EffectiveVersion,
    IReadOnlyList<AccountSnapshot> Accounts,
    IReadOnlyList<SettledSnapshot> Settled,
    IReadOnlyList<ThresholdLine> Thresholds,
    IReadOnlyList<ArmedThreshold> Armed,
    IReadOnlyList<SessionId> Sessions)
{
    /// <summary>
    /// The holds of settled sessions. A session's row without open holds may be in <see cref="Settled"/> instead, never
    /// in both.
    /// </summary>
    public IReadOnlyList<HandedOverSnapshot> HandedOver { get; init; } = [];
}
