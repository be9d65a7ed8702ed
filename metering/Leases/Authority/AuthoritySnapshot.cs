using Sluice.Metering.Identity;
using Sluice.Metering.Limits;

namespace Sluice.Metering.Leases.Authority;

/// <summary>What an authority starts from, read in one transaction after its epoch was raised.</summary>
/// <param name="Scope">Whose counters.</param>
/// <param name="Epoch">Its own, the highest so far.</param>
/// <param name="Limits">The limits in force.</param>
/// <param name="EffectiveVersion">The newest limit version that was seen in force everywhere.</param>
/// <param name="Accounts">Of sessions that are not settled.</param>
/// <param name="Settled">Of sessions that are.</param>
/// <param name="Thresholds">What became of them in the periods that may still matter.</param>
/// <param name="Armed">Thresholds that are past their first look at usage.</param>
/// <param name="Sessions">All sessions that are not settled: those that live or whose end is told later.</param>
public sealed record AuthoritySnapshot(
    ScopeId Scope,
    long Epoch,
    LimitSet Limits,
    long EffectiveVersion,
    IReadOnlyList<AccountSnapshot> Accounts,
    IReadOnlyList<SettledSnapshot> Settled,
    IReadOnlyList<ThresholdLine> Thresholds,
    IReadOnlyList<ArmedThreshold> Armed,
    IReadOnlyList<SessionId> Sessions);
