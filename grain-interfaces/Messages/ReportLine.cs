using Sluice.Metering.Leases.Messages;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;

namespace Sluice.GrainInterfaces.Messages;

/// <summary>A <see cref="CounterReport"/> on the wire.</summary>
[GenerateSerializer, Immutable, Alias("sluice.report")]
public readonly record struct ReportLine(
    [property: Id(0)] short Metric,
    [property: Id(1)] int Period,
    [property: Id(2)] long UsedUnits,
    [property: Id(3)] long ExtraUnits,
    [property: Id(4)] long ReturnedUnits,
    [property: Id(5)] long GrantedUnits,
    [property: Id(6)] long HeldUnits,
    [property: Id(7)] long UnbackedHeldUnits,
    [property: Id(8)] long UnitsPerSecond,
    [property: Id(9)] long NeedUnits,
    [property: Id(10)] bool Memory,
    [property: Id(11)] long RecallFollowed,
    [property: Id(12)] long RefusedUnits)
{
    public static ReportLine Of(CounterReport r) => new(
        r.Counter.Metric.Value, r.Counter.Period.Value, r.UsedUnits, r.ExtraUnits, r.ReturnedUnits, r.GrantedUnits,
        r.HeldUnits, r.UnbackedHeldUnits, r.UnitsPerSecond, r.NeedUnits, r.Memory, r.RecallFollowed, r.RefusedUnits);

    public CounterReport ToReport() => new(
        new CounterId(new MetricId(Metric), new PeriodKey(Period)), UsedUnits, ExtraUnits, ReturnedUnits,
        GrantedUnits, HeldUnits, UnbackedHeldUnits, UnitsPerSecond, NeedUnits, Memory, RecallFollowed, RefusedUnits);
}
