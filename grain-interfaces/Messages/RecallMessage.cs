using Sluice.Metering.Identity;
using Sluice.Metering.Leases.Messages;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;

namespace Sluice.GrainInterfaces.Messages;

/// <summary>A <see cref="Recall"/> on the wire.</summary>
[GenerateSerializer, Immutable, Alias("sluice.recall")]
public sealed record RecallMessage(
    [property: Id(0)] byte ScopeKind,
    [property: Id(1)] long ScopeValue,
    [property: Id(2)] long Epoch,
    [property: Id(3)] long Number,
    [property: Id(4)] short Metric,
    [property: Id(5)] int Period,
    [property: Id(6)] long KeepUnits,
    [property: Id(7)] byte[]? Seal = null)
{
    public static RecallMessage Of(Recall recall) => new(
        (byte)recall.Scope.Kind, recall.Scope.Value, recall.Epoch, recall.Number, recall.Counter.Metric.Value,
        recall.Counter.Period.Value, recall.KeepUnits);

    public Recall ToRecall() => new(
        new ScopeId((ScopeKind)ScopeKind, ScopeValue), Epoch, Number,
        new CounterId(new MetricId(Metric), new PeriodKey(Period)), KeepUnits);
}
