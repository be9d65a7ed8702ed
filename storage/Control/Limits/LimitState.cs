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

    /// <summary>Gets the state of a slot in one period; null if nothing is set.</summary>
    public static LimitState? Of(IEnumerable<StoredLimit> slot, PeriodKind period, Metric metric)
    {
        StoredLimit[] rows = [.. slot.Where(row => row.Period == period)];
        return rows.Length == 0 ? null : Of(rows, metric);
    }

    private static LimitState Of(IReadOnlyList<StoredLimit> rows, Metric metric) => new(
            metric.Name,
            rows[0].Period,
            AmountOf(rows.SingleOrDefault(static row => row.Kind == LimitKind.Blocked)?.Value, metric),
            [
                .. WarningsOf(rows).Select(row =>
                    new Warning(row.Percent is null ? AmountOf(row.Value, metric) : null, row.Percent)),
            ],
            [.. rows.SelectMany(static row => row.Recipients).Distinct()]);

    /// <summary>
    /// Lists warnings ordered by value, not by when their rows were written, so that two states can be compared.
    /// </summary>
    public static IEnumerable<StoredLimit> WarningsOf(IEnumerable<StoredLimit> rows) => rows
        .Where(static row => row.Kind == LimitKind.Warning)
        .OrderBy(static row => row.Value);

    public static decimal? AmountOf(long? units, Metric metric) =>
        units is { } value ? ScaledNumber.ToDecimal(value, metric.Decimals) : null;
}
