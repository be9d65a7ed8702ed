using Sluice.Metering.Limits;
using Sluice.Metering.Periods;
using Sluice.Storage.Control.Limits;

namespace Sluice.Api.Management.Limits;

/// <summary>The limit of a scope on a metric in one period, as it was set.</summary>
/// <param name="Scope">The kind of scope whose usage it watches.</param>
/// <param name="ScopeId">The id of that scope, such as <c>k0000000001a</c>.</param>
/// <param name="Metric">The metric's name, such as <c>text_tokens</c>.</param>
/// <param name="Period">The period over which usage adds up.</param>
/// <param name="Source">Where the limit comes from.</param>
/// <param name="Blocked">The value at which requests are refused, in the metric's units; null for none.</param>
/// <param name="Warnings">The values at which people are notified.</param>
/// <param name="Recipients">
/// The addresses to notify that were set with it; empty for callers who may not see them.
/// </param>
/// <param name="Limits">The limits of this scope and metric in every period that has one; each holds by itself.</param>
internal sealed record LimitResponse(
    ScopeKind Scope,
    string ScopeId,
    string Metric,
    PeriodKind Period,
    LimitSource Source,
    JsonDecimal? Blocked,
    IReadOnlyList<LimitResponse.Warning> Warnings,
    IReadOnlyList<string> Recipients,
    IReadOnlyList<LimitResponse.InPeriod> Limits)
{
    /// <param name="Value">The value, in the metric's units; null if it was set as a percentage.</param>
    /// <param name="Percent">The percentage of the blocked value; null if it was set as a value.</param>
    internal sealed record Warning(JsonDecimal? Value, JsonDecimal? Percent);

    /// <param name="Period">The period over which usage adds up.</param>
    /// <param name="Blocked">The value at which requests are refused, in the metric's units; null for none.</param>
    /// <param name="Warnings">The values at which people are notified.</param>
    /// <param name="Recipients">
    /// The addresses to notify that were set with it; empty for callers who may not see them.
    /// </param>
    internal sealed record InPeriod(
        PeriodKind Period,
        JsonDecimal? Blocked,
        IReadOnlyList<Warning> Warnings,
        IReadOnlyList<string> Recipients);

    /// <param name="scope">The scope.</param>
    /// <param name="source">Where the limits come from.</param>
    /// <param name="metric">The metric.</param>
    /// <param name="period">The period that was set or asked for.</param>
    /// <param name="rows">What the source has set on the metric, in every period.</param>
    /// <param name="showsRecipients">Whether the caller may see who is notified.</param>
    public static LimitResponse Of(
        ScopeId scope,
        LimitSource source,
        Metric metric,
        PeriodKind period,
        IReadOnlyList<StoredLimit> rows,
        bool showsRecipients = true)
    {
        InPeriod[] all =
        [
            .. rows.GroupBy(static row => row.Period)
                .Select(same => Of(same.Key, [.. same], metric, showsRecipients)),
        ];
        var one = Array.Find(all, limit => limit.Period == period) ?? new(period, null, [], []);
        return new(
            scope.Kind,
            scope.ToString(),
            metric.Name,
            period,
            source,
            one.Blocked,
            one.Warnings,
            one.Recipients,
            all);
    }

    public static JsonDecimal? Amount(long? units, Metric metric) =>
        units is { } value ? JsonDecimal.Of(value, metric.Decimals) : null;

    public static JsonDecimal? Percent(decimal? percent) =>
        percent is { } value ? new JsonDecimal(value.ToString("0.##")) : null;

    private static InPeriod Of(
        PeriodKind period, IReadOnlyList<StoredLimit> rows, Metric metric, bool showsRecipients) => new(
        period,
        Amount(rows.SingleOrDefault(static row => row.Kind == LimitKind.Blocked)?.Value, metric),
        [
            .. rows.Where(static row => row.Kind == LimitKind.Warning).Select(row => new Warning(
                row.Percent is null ? Amount(row.Value, metric) : null, Percent(row.Percent))),
        ],
        showsRecipients ? [.. rows.SelectMany(static row => row.Recipients).Distinct()] : []);
}
