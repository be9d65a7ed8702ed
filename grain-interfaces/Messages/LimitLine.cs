using System.Collections.Immutable;
using Sluice.Metering.Identity;
using Sluice.Metering.Limits;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;

namespace Sluice.GrainInterfaces.Messages;

/// <summary>A <see cref="Limit"/> on the wire; its scope is that of the message.</summary>
[GenerateSerializer, Immutable, Alias("sluice.limit")]
public readonly record struct LimitLine(
    [property: Id(0)] long LimitId,
    [property: Id(1)] short Metric,
    [property: Id(2)] byte Period,
    [property: Id(3)] byte Kind,
    [property: Id(4)] byte Source,
    [property: Id(5)] long ValueUnits,
    [property: Id(6)] long BoostedUnits,
    [property: Id(7)] long BoostedUntilMs,
    [property: Id(8)] long BaseUnits,
    [property: Id(9)] long BaseUntilMs)
{
    public static LimitLine[] Of(LimitSet limits) =>
    [
        .. limits.Limits.Select(static l => new LimitLine(
            l.Id, l.Metric.Value, (byte)l.Period, (byte)l.Kind, (byte)l.Source, l.ValueUnits, l.BoostedUnits,
            l.BoostedUntilMs, l.BaseUnits, l.BaseUntilMs)),
    ];

    public static LimitSet ToSet(ScopeId scope, long version, LimitLine[] lines) =>
        new(version, [.. lines.Select(l => l.ToLimit(scope))]);

    private Limit ToLimit(ScopeId scope) => new(
        LimitId, scope, new MetricId(Metric), (PeriodKind)Period, (LimitKind)Kind, (LimitSource)Source, ValueUnits,
        BoostedUnits, BoostedUntilMs, BaseUnits, BaseUntilMs);
}
