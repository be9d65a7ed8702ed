using Sluice.Metering.Periods;
using Sluice.Storage.Reports.Statements;

namespace Sluice.Api.Management.Statements;

/// <summary>A month with the usage of every project, personal key, seat and model.</summary>
/// <param name="Period">The month, such as <c>2026-11</c>.</param>
/// <param name="State">Whether it can still change.</param>
/// <param name="TenantName">The tenant's name when the month was closed; all names here are from that time.</param>
/// <param name="TimeZone">The zone whose month it is.</param>
/// <param name="EndsAt">The first instant after it.</param>
/// <param name="ClosedAt">When it was closed; null while it is open.</param>
/// <param name="Totals">All usage of the statement, by metric.</param>
/// <param name="Projects">By project.</param>
/// <param name="PersonalKeys">By the member who holds the key.</param>
/// <param name="Seats">By seat.</param>
/// <param name="Models">By model; null for usage that named none.</param>
/// <param name="Adjustments">
/// The part of the usage that was admitted in an earlier month and found only after that month was closed.
/// </param>
internal sealed record StatementDetailResponse(
    string Period,
    StatementState State,
    string TenantName,
    string TimeZone,
    string Currency,
    DateTimeOffset StartsAt,
    DateTimeOffset EndsAt,
    DateTimeOffset? ClosedAt,
    IReadOnlyList<StatementResponse.Total> Totals,
    IReadOnlyList<StatementDetailResponse.Holder> Projects,
    IReadOnlyList<StatementDetailResponse.Holder> PersonalKeys,
    IReadOnlyList<StatementDetailResponse.Holder> Seats,
    IReadOnlyList<StatementDetailResponse.ModelUse> Models,
    IReadOnlyList<StatementDetailResponse.Adjustment> Adjustments)
{
    /// <param name="Name">The name when the month was closed.</param>
    internal sealed record Holder(string Id, string Name, IReadOnlyList<StatementResponse.Total> Totals);

    internal sealed record ModelUse(string? Model, IReadOnlyList<StatementResponse.Total> Totals);

    internal sealed record Adjustment(string Period, IReadOnlyList<StatementResponse.Total> Totals);

    public static StatementDetailResponse Of(
        Statement statement, IReadOnlyList<StatementLine> lines, MetricCatalogue metrics)
    {
        IReadOnlyList<StatementResponse.Total> Sum(IEnumerable<StatementLine> of) =>
            StatementResponse.Totalled(of.Select(static l => (l.Metric, l.Value, l.Unpriced)), metrics);

        IReadOnlyList<Holder> Holders(StatementHolder kind, char prefix) =>
        [
            .. lines.Where(line => line.HolderKind == kind).GroupBy(static line => line.HolderId)
                .Select(g => new Holder(IdText.Format(prefix, g.Key), g.First().HolderName, Sum(g))),
        ];

        return new(
            new PeriodKey(statement.Period).ToString(),
            StatementResponse.StateOf(statement),
            statement.TenantName,
            statement.TimeZone,
            statement.Currency,
            statement.StartsAt,
            statement.EndsAt,
            statement.ClosedAt,
            Sum(lines),
            Holders(StatementHolder.Project, IdText.Project),
            Holders(StatementHolder.PersonalKey, IdText.Member),
            Holders(StatementHolder.Seat, IdText.Seat),
            [
                .. lines.GroupBy(static line => line.Model).OrderBy(static g => g.Key, StringComparer.Ordinal)
                    .Select(g => new ModelUse(g.Key.Length == 0 ? null : g.Key, Sum(g))),
            ],
            [
                .. lines.Where(static line => line.UsagePeriod != line.Period)
                    .GroupBy(static line => line.UsagePeriod).OrderBy(static g => g.Key)
                    .Select(g => new Adjustment(new PeriodKey(g.Key).ToString(), Sum(g))),
            ]);
    }
}
