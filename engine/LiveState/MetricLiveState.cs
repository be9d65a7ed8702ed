using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;

namespace Sluice.Engine.LiveState;

/// <summary>The current state of one counter, as its authority has it.</summary>
/// <param name="Metric">The metric; the units below are its smallest.</param>
/// <param name="Period">The current period.</param>
/// <param name="UsedUnits">Confirmed usage.</param>
/// <param name="HeldUnits">Held by reservations.</param>
/// <param name="LimitUnits">The lowest blocking value in force; null if nothing blocks.</param>
/// <param name="WarningUnits">The values of the warnings in force, in ascending order.</param>
/// <param name="State"><c>ok</c>, <c>warning</c> or <c>blocked</c>.</param>
public sealed record MetricLiveState(
    MetricId Metric,
    PeriodKey Period,
    long UsedUnits,
    long HeldUnits,
    long? LimitUnits,
    IReadOnlyList<long> WarningUnits,
    string State)
{
    /// <summary>
    /// Gets how much of the limit is used or held: 1 at the limit, more beyond it. Null if nothing blocks.
    /// </summary>
    public double? Share => LimitUnits switch
    {
        null => null,
        0 => 1,
        { } limit => ((double)UsedUnits + HeldUnits) / limit,
    };
}
