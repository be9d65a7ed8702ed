using Sluice.Metering.Identity;
using Sluice.Metering.Limits;
using Sluice.Metering.Metrics;

namespace Sluice.Storage.Control.Limits;

/// <summary>What one source sets on one metric of a scope: in each period a blocked value and warnings.</summary>
internal readonly record struct LimitSlot(ScopeId Scope, MetricId Metric, LimitSource Source);
