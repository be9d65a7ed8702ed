using Microsoft.Net.Http.Headers;
using Sluice.Api.Management.Events;
using Sluice.Storage.Control.Metrics;
using Sluice.Storage.Control.Names;
using Sluice.Storage.Control.Tenants;
using Sluice.Storage.Reports.Events;

namespace Sluice.Api.Management.Exports;

/// <summary><c>GET /api/v1/tenants/{t}/events/export</c></summary>
internal sealed class ExportEvents(
    TenantStore tenants, EventStore events, NameStore names, MetricStore metrics, TimeProvider time)
    : ManagementEndpoint<ExportEventsQuery>
{
    public override void Configure()
    {
        Get("/events/export");
        Group<EventsEndpoints>();
        Requires(Permission.ReadUsageOfAll);
        Report();
        Describe("Export single events of the ledger, newest first, as a stream of CSV, NDJSON or Parquet");
        Returns<GetEventsItem>(
            StatusCodes.Status200OK, ExportTypes.Csv, ExportTypes.Ndjson, ExportTypes.Parquet);
    }

    public override async Task<ApiResult> ExecuteAsync(ExportEventsQuery query, CancellationToken ct)
    {
        if (await tenants.FindAsync(TenantId, ct) is not { } tenant)
            return ApiResult.NotFound("tenant");
        var catalogue = await metrics.ReadAsync(ct);
        if (query.Read(tenant, catalogue, time.GetUtcNow()).IsError(out var error, out var wanted))
            return ApiResult.Failure(error);
        HttpContext.Response.Headers.AppendCommaSeparatedValues(HeaderNames.Vary, HeaderNames.Accept);
        var format = wanted.Format ?? ExportTypes.Preferred(HttpContext.Request);
        return ApiResult.Other(new EventExport(events, wanted.Filter, format, catalogue, names));
    }
}
