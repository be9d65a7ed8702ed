using Sluice.Metering.Periods;
using Sluice.Storage.Reports.Statements;

namespace Sluice.Api.Management.Statements;

/// <summary>A month as the API shows it in lists.</summary>
/// <param name="Period">The month, such as <c>2026-11</c>.</param>
/// <param name="State">Whether the month can still change.</param>
/// <param name="TenantName">The tenant's name; in a closed month, that of the day on which it was closed.</param>
/// <param name="TimeZone">The IANA time zone whose month it is, such as <c>Asia/Tokyo</c>.</param>
/// <param name="Currency">The ISO 4217 code of the currency, such as <c>JPY</c>.</param>
/// <param name="StartsAt">The first instant of the month, in UTC.</param>
/// <param name="EndsAt">The first instant after the month, in UTC.</param>
/// <param name="ClosedAt">When the month was closed, in UTC; null while it is open.</param>
/// <param name="Totals">All usage of the month, by metric.</param>
internal sealed record StatementResponse(
    string Period,
    StatementState State,
    string TenantName,
    string TimeZone,
    string Currency,
    DateTimeOffset StartsAt,
    DateTimeOffset EndsAt,
    DateTimeOffset? ClosedAt,
    IReadOnlyList<StatementResponse.Total> Totals)
{
    /// <param name="Metric">The metric's name, such as <c>text_tokens</c>.</param>
    /// <param name="Value">The usage, in the metric's units; that of <c>amount</c> is in the tenant's currency.</param>
    /// <param name="Unpriced">The part of the value that had no price.</param>
    internal sealed record Total(string Metric, JsonDecimal Value, JsonDecimal Unpriced);

    public static StatementResponse Of(
        Statement statement, IEnumerable<StatementTotal> totals, MetricCatalogue metrics) =>
        new(
            new PeriodKey(statement.Period).ToString(),
            StateOf(statement),
            statement.TenantName,
            statement.TimeZone,
            statement.Currency,
            statement.StartsAt,
            statement.EndsAt,
            statement.ClosedAt,
            Totalled(totals.Select(static t => (t.Metric, t.Value, t.Unpriced)), metrics));

    public static StatementState StateOf(Statement statement) =>
        statement.ClosedAt is null ? StatementState.Open : StatementState.Closed;

    /// <summary>Adds up the lines by metric, in the order of the metrics.</summary>
    public static IReadOnlyList<Total> Totalled(
        IEnumerable<(short Metric, long Value, long Unpriced)> lines, MetricCatalogue metrics) =>
    [
        .. lines.GroupBy(static line => line.Metric).OrderBy(static group => group.Key).Select(group =>
        {
            var metric = metrics[new(group.Key)];
            return new Total(
                metric.Name,
                JsonDecimal.Of(group.Sum(static line => line.Value), metric.Decimals),
                JsonDecimal.Of(group.Sum(static line => line.Unpriced), metric.Decimals));
        }),
    ];
}
