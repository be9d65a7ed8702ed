using Sluice.Metering.Identity;
using Sluice.Metering.Limits;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;

namespace Sluice.Storage.Control.Limits;

/// <summary>
/// The unit in which limits are set: one blocked value and any number of warnings of one counter and source.
/// </summary>
public readonly record struct LimitSlot(ScopeId Scope, MetricId Metric, PeriodKind Period, LimitSource Source);
