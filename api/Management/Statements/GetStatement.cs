using Sluice.Api.Management.Usage;
using Sluice.Metering.Periods;
using Sluice.Storage.Control.Metrics;
using Sluice.Storage.Control.Tenants;
using Sluice.Storage.Reports.Statements;

namespace Sluice.Api.Management.Statements;

/// <summary><c>GET /api/v1/tenants/{t}/statements/{period}</c></summary>
internal sealed class GetStatement(
    TenantStore tenants, StatementStore statements, OpenMonths months, MetricStore metrics)
    : ManagementEndpoint
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

    protected override async Task<ApiResult> ExecuteAsync(CancellationToken ct)
    {
        if (!PeriodKey.TryParse(RouteText("period"), out var month) || month.Kind != PeriodKind.Month
            || (await statements.FindAsync(TenantId, month, ct) ?? await FindOpenAsync(month, ct)) is not { } statement)
            return ApiResult.NotFound("statement");
        var catalogue = await metrics.ReadAsync(ct);
        var lines = statement.ClosedAt is null
            ? await statements.ListOpenLinesAsync(TenantId, month, ct)
            : await statements.ListLinesAsync(TenantId, month, ct);
        return UsageCsv.Answer(
            HttpContext.Request,
            () => UsageCsv.Write(Columns, lines.Select(line => RowOf(line, catalogue[new(line.Metric)]))),
            () => ApiResult.Ok(StatementDetailResponse.Of(statement, lines, catalogue)));
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
