using Sluice.Storage.Control.Metrics;
using Sluice.Storage.Control.Tenants;
using Sluice.Storage.Reports.Statements;

namespace Sluice.Api.Management.Statements;

/// <summary><c>GET /api/v1/tenants/{t}/statements</c></summary>
internal sealed class ListStatements(
    TenantStore tenants, StatementStore statements, OpenMonths months, MetricStore metrics)
    : ManagementEndpoint<PageQuery>
{
    public override void Configure()
    {
        Get("/statements");
        Group<StatementsEndpoints>();
        Requires(Permission.ReadBilling);
        Report();
        Describe("List the months with their totals, newest first: the open one, and the closed ones");
        Returns<ListResponse<StatementResponse>>();
    }

    public override async Task<ApiResult> ExecuteAsync(PageQuery query, CancellationToken ct)
    {
        // A deleted tenant still has its statements, and no open month.
        var closed = await statements.ListAsync(TenantId, ct);
        var tenant = await tenants.FindAsync(TenantId, ct);
        if (closed.Count == 0 && tenant is null)
            return ApiResult.NotFound("tenant");
        var open = tenant is null ? [] : months.Of(tenant, closed);
        var sums = new List<StatementTotal>(await statements.ListTotalsAsync(TenantId, ct));
        foreach (var month in open)
            sums.AddRange(await statements.SumOpenAsync(TenantId, new(month.Period), ct));
        var catalogue = await metrics.ReadAsync(ct);
        var totals = sums.ToLookup(static total => total.Period);
        var items = open.Concat(closed).Select(statement =>
            StatementResponse.Of(statement, totals[statement.Period], catalogue));
        return query.Cut(items, static statement => statement.Period);
    }
}
