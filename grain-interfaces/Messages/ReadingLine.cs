using Sluice.Metering.Leases.Authority;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;

namespace Sluice.GrainInterfaces.Messages;

/// <summary>A <see cref="CounterReading"/> on the wire.</summary>
[GenerateSerializer, Immutable, Alias("sluice.reading")]
public readonly record struct ReadingLine(
    [property: Id(0)] short Metric,
    [property: Id(1)] int Period,
    [property: Id(2)] long UsedUnits,
    [property: Id(3)] long HeldUnits,
    [property: Id(4)] long? LimitUnits)
{
    public static ReadingLine Of(CounterReading r) =>
        new(r.Counter.Metric.Value, r.Counter.Period.Value, r.UsedUnits, r.HeldUnits, r.LimitUnits);

    public CounterReading ToReading() => new(
        new CounterId(new MetricId(Metric), new PeriodKey(Period)), UsedUnits, HeldUnits, LimitUnits);
}
