using Sluice.Api.Wire;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;
using Sluice.Storage.Statements;

namespace Sluice.Api.Management.Statements;

/// <summary>A closed month.</summary>
/// <param name="Period">As in <c>2026-11</c>.</param>
/// <param name="TenantName">As it was when the month was closed; so is everything else here.</param>
/// <param name="TimeZone">The zone whose month it is.</param>
/// <param name="EndsAt">The first instant after it.</param>
/// <param name="Totals">All usage of the statement, by metric.</param>
internal sealed record StatementView(
    string Period,
    string TenantName,
    string TimeZone,
    string Currency,
    DateTimeOffset StartsAt,
    DateTimeOffset EndsAt,
    DateTimeOffset ClosedAt,
    IReadOnlyList<StatementView.Total> Totals)
{
    /// <param name="Unpriced">The part of it that no price was found for.</param>
    internal sealed record Total(string Metric, JsonDecimal Value, JsonDecimal Unpriced);

    public static StatementView Of(Statement statement, IEnumerable<StatementTotal> totals, MetricCatalogue metrics) =>
        new(
            new PeriodKey(statement.Period).ToString(),
            statement.TenantName,
            statement.TimeZone,
            statement.Currency,
            statement.StartsAt,
            statement.EndsAt,
            statement.ClosedAt,
            Totalled(totals.Select(static t => (t.Metric, t.Value, t.Unpriced)), metrics));

    /// <summary>The sums of each metric, in the order of the metrics.</summary>
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
