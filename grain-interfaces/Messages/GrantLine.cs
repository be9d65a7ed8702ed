using Sluice.Metering.Leases.Messages;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;

namespace Sluice.GrainInterfaces.Messages;

/// <summary>A <see cref="LeaseLine"/> on the wire.</summary>
[GenerateSerializer, Immutable, Alias("sluice.grant")]
public readonly record struct GrantLine(
    [property: Id(0)] short Metric,
    [property: Id(1)] int Period,
    [property: Id(2)] long GrantedUnits,
    [property: Id(3)] long UsedUnits,
    [property: Id(4)] long ExtraUnits,
    [property: Id(5)] long ReturnedUnits,
    [property: Id(6)] long? LimitUnits,
    [property: Id(7)] long OthersUsedUnits,
    [property: Id(8)] long OthersHeldUnits,
    [property: Id(9)] bool Memory,
    [property: Id(10)] byte Verdict)
{
    public static GrantLine Of(LeaseLine l) => new(
        l.Counter.Metric.Value, l.Counter.Period.Value, l.GrantedUnits, l.UsedUnits, l.ExtraUnits, l.ReturnedUnits,
        l.LimitUnits, l.OthersUsedUnits, l.OthersHeldUnits, l.Memory, (byte)l.Verdict);

    public LeaseLine ToLine() => new(
        new CounterId(new MetricId(Metric), new PeriodKey(Period)), GrantedUnits, UsedUnits, ExtraUnits,
        ReturnedUnits, LimitUnits, OthersUsedUnits, OthersHeldUnits, Memory, (LeaseVerdict)Verdict);
}
