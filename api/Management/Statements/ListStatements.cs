using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Wire;
using Sluice.Storage.Metrics;
using Sluice.Storage.Statements;
using Sluice.Storage.Tenants;

namespace Sluice.Api.Management.Statements;

/// <summary><c>GET /api/v1/tenants/{t}/statements</c></summary>
internal static class ListStatements
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/api/v1/tenants/{t}/statements", HandleAsync)
        .Needs(Permission.ReadBilling)
        .Describe("ListStatements", "Lists the months that are closed, newest first, with their totals")
        .Lists<StatementView>();

    private static async Task<Reply> HandleAsync(
        TenantId t,
        [AsParameters] PageQuery query,
        ITenantStore tenants,
        StatementStore statements,
        IMetricStore metrics,
        CancellationToken ct)
    {
        // A tenant that was deleted still has its statements.
        var found = await statements.ListAsync(t.Value, ct);
        if (found.Count == 0 && await tenants.FindAsync(t.Value, ct) is null)
            return Reply.NotFound("tenant");
        var catalogue = await metrics.ReadAsync(ct);
        var totals = (await statements.ListTotalsAsync(t.Value, ct)).ToLookup(static total => total.Period);
        var items = found.Select(statement =>
            StatementView.Of(statement, totals[statement.Period], catalogue));
        return query.Cut(items, static statement => statement.Period);
    }
}
