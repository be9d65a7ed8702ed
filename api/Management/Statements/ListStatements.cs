using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Endpoints;
using Sluice.Api.Wire;
using Sluice.Storage.Control.Metrics;
using Sluice.Storage.Control.Tenants;
using Sluice.Storage.Reports.Statements;

namespace Sluice.Api.Management.Statements;

/// <summary><c>GET /api/v1/tenants/{t}/statements</c></summary>
internal sealed class ListStatements(TenantStore tenants, StatementStore statements, MetricStore metrics)
    : ManagementEndpoint<PageQuery>
{
    public override void Configure()
    {
        Get("/statements");
        Group<StatementsEndpoints>();
        Requires(Permission.ReadBilling);
        Describe("List the closed months with their totals, newest first");
        Returns<ListResponse<StatementResponse>>();
    }

    public override async Task<ApiResult> ExecuteAsync(PageQuery query, CancellationToken ct)
    {
        // A deleted tenant still has its statements.
        var found = await statements.ListAsync(TenantId, ct);
        if (found.Count == 0 && await tenants.FindAsync(TenantId, ct) is null)
            return ApiResult.NotFound("tenant");
        var catalogue = await metrics.ReadAsync(ct);
        var totals = (await statements.ListTotalsAsync(TenantId, ct)).ToLookup(static total => total.Period);
        var items = found.Select(statement =>
            StatementResponse.Of(statement, totals[statement.Period], catalogue));
        return query.Cut(items, static statement => statement.Period);
    }
}
