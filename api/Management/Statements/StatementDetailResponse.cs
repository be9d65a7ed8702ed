using Sluice.Metering.Periods;
using Sluice.Storage.Reports.Statements;

namespace Sluice.Api.Management.Statements;

/// <summary>A month with the usage of every project, personal key, seat and model.</summary>
/// <param name="Period">The month, such as <c>2026-11</c>.</param>
/// <param name="State">Whether the month can still change.</param>
/// <param name="TenantName">The tenant's name; in a closed month, that of the day on which it was closed.</param>
/// <param name="TimeZone">The IANA time zone whose month it is, such as <c>Asia/Tokyo</c>.</param>
/// <param name="Currency">The ISO 4217 code of the currency, such as <c>JPY</c>.</param>
/// <param name="StartsAt">The first instant of the month, in UTC.</param>
/// <param name="EndsAt">The first instant after the month, in UTC.</param>
/// <param name="ClosedAt">When the month was closed, in UTC; null while it is open.</param>
/// <param name="Totals">All usage of the month, by metric.</param>
/// <param name="Projects">The usage of each project, by its keys.</param>
/// <param name="PersonalKeys">The usage of each personal key, by the member who holds it.</param>
/// <param name="Seats">The usage of each seat.</param>
/// <param name="Models">The usage of each model.</param>
/// <param name="Adjustments">
/// The part of the usage that was admitted in an earlier month and found only after that month was closed.
/// </param>
/// <param name="Previous">
/// All usage of the month before, by metric, if it is asked for; null if there is no such month.
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
    IReadOnlyList<StatementDetailResponse.Adjustment> Adjustments,
    IReadOnlyList<StatementResponse.Total>? Previous)
{
    /// <param name="Id">The id of the project, of the member who holds the personal key, or of the seat.</param>
    /// <param name="Name">
    /// The project's name, or the user name of the member who holds the personal key or the seat; in a closed month,
    /// that of the day on which it was closed.
    /// </param>
    /// <param name="Totals">Its usage, by metric.</param>
    internal sealed record Holder(string Id, string Name, IReadOnlyList<StatementResponse.Total> Totals);

    /// <param name="Model">The model's name; null for usage that named none.</param>
    /// <param name="Totals">Its usage, by metric.</param>
    internal sealed record ModelUse(string? Model, IReadOnlyList<StatementResponse.Total> Totals);

    /// <param name="Period">The earlier month, such as <c>2026-10</c>.</param>
    /// <param name="Totals">Its usage, by metric.</param>
    internal sealed record Adjustment(string Period, IReadOnlyList<StatementResponse.Total> Totals);

    public static StatementDetailResponse Of(
        Statement statement,
        IReadOnlyList<StatementPart> parts,
        IReadOnlyList<StatementTotal>? previous,
        MetricCatalogue metrics)
    {
        IReadOnlyList<StatementResponse.Total> Sum(IEnumerable<StatementPart> of) =>
            StatementResponse.Totalled(of.Select(static part => (part.Metric, part.Value, part.Unpriced)), metrics);

        IReadOnlyList<Holder> Holders(StatementHolder kind, char prefix) =>
        [
            .. parts.Where(part => part.HolderKind == kind).GroupBy(static part => part.HolderId!.Value)
                .Select(g => new Holder(IdText.Format(prefix, g.Key), g.First().HolderName, Sum(g))),
        ];

        var months = parts.Where(static part => part.UsagePeriod is not null).ToArray();
        return new(
            new PeriodKey(statement.Period).ToString(),
            StatementResponse.StateOf(statement),
            statement.TenantName,
            statement.TimeZone,
            statement.Currency,
            statement.StartsAt,
            statement.EndsAt,
            statement.ClosedAt,
            Sum(months),
            Holders(StatementHolder.Project, IdText.Project),
            Holders(StatementHolder.PersonalKey, IdText.Member),
            Holders(StatementHolder.Seat, IdText.Seat),
            [
                .. parts.Where(static part => part.Model is not null).GroupBy(static part => part.Model!)
                    .OrderBy(static g => g.Key, StringComparer.Ordinal)
                    .Select(g => new ModelUse(g.Key.Length == 0 ? null : g.Key, Sum(g))),
            ],
            [
                .. months.Where(part => part.UsagePeriod != statement.Period)
                    .GroupBy(static part => part.UsagePeriod!.Value).OrderBy(static g => g.Key)
                    .Select(g => new Adjustment(new PeriodKey(g.Key).ToString(), Sum(g))),
            ],
            previous is null
                ? null
                : StatementResponse.Totalled(previous.Select(static t => (t.Metric, t.Value, t.Unpriced)), metrics));
    }
}
