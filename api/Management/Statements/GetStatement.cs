using System.ComponentModel.DataAnnotations;
using Sluice.Api.Management.Usage;
using Sluice.Metering.Periods;
using Sluice.Storage.Control.Metrics;
using Sluice.Storage.Control.Tenants;
using Sluice.Storage.Reports.Statements;

namespace Sluice.Api.Management.Statements;

/// <summary><c>GET /api/v1/tenants/{t}/statements/{period}</c></summary>
internal sealed class GetStatement(
    TenantStore tenants, StatementStore statements, OpenMonths months, MetricStore metrics)
    : ManagementEndpoint<GetStatementQuery>
{
    private static readonly string[] Columns =
    [
        "period", "usagePeriod", "holder", "holderId", "holderName", "keyId", "keyName", "member", "model", "metric",
        "value", "unpriced",
    ];

    public override void Configure()
    {
        Get("/statements/{period}");
        Group<StatementsEndpoints>();
        Requires(Permission.ReadBilling);
        Report();
        Describe("Get a month such as 2026-11: by holder and model as JSON, by line as CSV");
        Returns<StatementDetailResponse>(StatusCodes.Status200OK, "application/json", UsageCsv.ContentType);
    }

    public override async Task<ApiResult> ExecuteAsync(GetStatementQuery query, CancellationToken ct)
    {
        if (!PeriodKey.TryParse(RouteText("period"), out var month) || month.Kind != PeriodKind.Month
            || (await statements.FindAsync(TenantId, month, ct) ?? await FindOpenAsync(month, ct)) is not { } statement)
            return ApiResult.NotFound("statement");
        if (query.Read().IsError(out var error, out var compares))
            return ApiResult.Failure(error);
        var catalogue = await metrics.ReadAsync(ct);
        return await UsageCsv.AnswerAsync(
            HttpContext.Request,
            () => compares ? UsageCsv.ComparesNothing : WriteAsync(statement, catalogue, ct),
            async () => ApiResult.Ok(StatementDetailResponse.Of(
                statement,
                await statements.ListPartsAsync(statement, ct),
                compares ? await SumBeforeAsync(month, ct) : null,
                catalogue)));
    }

    /// <summary>Adds up the month before; null if there is none.</summary>
    private async Task<IReadOnlyList<StatementTotal>?> SumBeforeAsync(PeriodKey month, CancellationToken ct)
    {
        var before = month.MonthsBefore(1);
        if (await statements.FindAsync(TenantId, before, ct) is not null)
            return [.. (await statements.ListTotalsAsync(TenantId, ct)).Where(total => total.Period == before.Value)];
        return await FindOpenAsync(before, ct) is null ? null : await statements.SumOpenAsync(TenantId, before, ct);
    }

    private async Task<Result<byte[]>> WriteAsync(Statement statement, MetricCatalogue catalogue, CancellationToken ct)
    {
        var month = new PeriodKey(statement.Period);
        var lines = statement.ClosedAt is null
            ? await statements.ListOpenLinesAsync(TenantId, month, ct)
            : await statements.ListLinesAsync(TenantId, month, ct);
        return UsageCsv.Write(Columns, lines.Select(line => RowOf(line, catalogue[new(line.Metric)])));
    }

    private async Task<Statement?> FindOpenAsync(PeriodKey month, CancellationToken ct)
    {
        if (await tenants.FindAsync(TenantId, ct) is not { } tenant)
            return null;
        var closed = await statements.ListAsync(TenantId, ct);
        return months.Of(tenant, closed).FirstOrDefault(open => open.Period == month.Value);
    }

    private static Dictionary<string, object?> RowOf(StatementLine line, Metric metric) => new()
    {
        ["period"] = new PeriodKey(line.Period),
        ["usagePeriod"] = new PeriodKey(line.UsagePeriod),
        ["holder"] = line.HolderKind switch
        {
            StatementHolder.PersonalKey => "personalKey",
            StatementHolder.Project => "project",
            _ => "seat",
        },
        ["holderId"] = IdText.Format(
            line.HolderKind switch
            {
                StatementHolder.PersonalKey => IdText.Member,
                StatementHolder.Project => IdText.Project,
                _ => IdText.Seat,
            },
            line.HolderId),
        ["holderName"] = line.HolderName,
        ["keyId"] = IdText.Format(IdText.Key, line.KeyId),
        ["keyName"] = line.KeyName,
        ["member"] = line.Member,
        ["model"] = line.Model,
        ["metric"] = metric.Name,
        ["value"] = JsonDecimal.Of(line.Value, metric.Decimals),
        ["unpriced"] = JsonDecimal.Of(line.Unpriced, metric.Decimals),
    };
}

/// <param name="Compare"><c>previous</c> for the totals of the month before, too; JSON only.</param>
internal sealed record GetStatementQuery([AllowedValues(UsageQueryReader.Previous)] string? Compare = null)
{
    /// <summary>Returns whether the month before is asked for.</summary>
    public Result<bool> Read()
    {
        var rules = new FieldErrors();
        if (!string.IsNullOrEmpty(Compare))
            rules.Check("compare", Compare, FieldRules.OneOf(UsageQueryReader.Previous));
        return rules.Error is { } error ? error : Compare == UsageQueryReader.Previous;
    }
}
