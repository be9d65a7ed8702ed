using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;

namespace Sluice.Engine.Control;

/// <summary>One counter as its authority has it now.</summary>
/// <param name="Metric">Which metric; the units below are its smallest.</param>
/// <param name="Period">The current period.</param>
/// <param name="UsedUnits">Confirmed usage.</param>
/// <param name="HeldUnits">Held by reservations.</param>
/// <param name="LimitUnits">The lowest blocked value in force; null where nothing blocks.</param>
/// <param name="State"><c>ok</c>, <c>warning</c> or <c>blocked</c>.</param>
public sealed record MetricLiveState(
    MetricId Metric, PeriodKey Period, long UsedUnits, long HeldUnits, long? LimitUnits, string State);
