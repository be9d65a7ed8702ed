using Sluice.Metering.Identity;
using Sluice.Metering.Limits;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;

namespace Sluice.Storage.Webhooks;

/// <summary>A row of <c>transition</c>, as far as webhooks tell of it.</summary>
/// <param name="Id">Its number; names the message.</param>
/// <param name="TenantId">Whose.</param>
/// <param name="Kind">What happened.</param>
/// <param name="LimitKind">To a threshold that warns, or one that refuses.</param>
/// <param name="Source">Who set it.</param>
/// <param name="ThresholdUnits">At which it stands, in the metric's smallest units.</param>
/// <param name="Scope">Whose usage.</param>
/// <param name="Metric">Of what.</param>
/// <param name="Period">In which month or day.</param>
/// <param name="UsedUnits">How much was used then.</param>
/// <param name="RefusedUnits">How much was refused; 0 where nothing was.</param>
/// <param name="At">When.</param>
public sealed record NotedTransition(
    long Id,
    long TenantId,
    TransitionKind Kind,
    LimitKind LimitKind,
    LimitSource Source,
    long ThresholdUnits,
    ScopeId Scope,
    MetricId Metric,
    PeriodKey Period,
    long UsedUnits,
    long RefusedUnits,
    DateTimeOffset At);
