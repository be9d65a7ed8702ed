using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;

namespace Sluice.Engine.LiveState;

/// <summary>The current state of one counter, as its authority has it.</summary>
/// <param name="Metric">The metric; the units below are its smallest.</param>
/// <param name="Period">The current period.</param>
/// <param name="UsedUnits">Confirmed usage.</param>
/// <param name="HeldUnits">Held by reservations.</param>
/// <param name="LimitUnits">The lowest blocking value in force; null if nothing blocks.</param>
/// <param name="State"><c>ok</c>, <c>warning</c> or <c>blocked</c>.</param>
public sealed record MetricLiveState(
    MetricId Metric, PeriodKey Period, long UsedUnits, long HeldUnits, long? LimitUnits, string State);
