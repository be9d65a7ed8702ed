using Sluice.Metering.Limits;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;

namespace Sluice.Storage.Control.Limits;

/// <summary>The limits of one slot as the audit log shows them: in the names and amounts of the API.</summary>
internal sealed record LimitState(
    string Metric,
    PeriodKind Period,
    decimal? Blocked,
    IReadOnlyList<LimitState.Warning> Warnings,
    IReadOnlyList<string> Recipients)
{
    /// <summary>A warning at a value, or at a percentage of the blocked value.</summary>
    internal sealed record Warning(decimal? Value, decimal? Percent);

    /// <summary>Gets the state of a slot; null if nothing is set.</summary>
    public static LimitState? Of(IReadOnlyList<StoredLimit> rows, LimitSlot slot, Metric metric) => rows.Count == 0
        ? null
        : new(
            metric.Name,
            slot.Period,
            AmountOf(rows.SingleOrDefault(static row => row.Kind == LimitKind.Blocked)?.Value, metric),
            [
                .. WarningsOf(rows).Select(row => new Warning(AmountOf(row.Value, metric), row.Percent)),
            ],
            [.. rows.SelectMany(static row => row.Recipients).Distinct()]);

    /// <summary>
    /// Lists warnings ordered by value, not by when their rows were written, so that two states can be compared.
    /// </summary>
    public static IEnumerable<StoredLimit> WarningsOf(IEnumerable<StoredLimit> rows) => rows
        .Where(static row => row.Kind == LimitKind.Warning)
        .OrderBy(static row => row.Value)
        .ThenBy(static row => row.Percent);

    public static decimal? AmountOf(long? units, Metric metric) =>
        units is { } value ? ScaledNumber.ToDecimal(value, metric.Decimals) : null;
}
