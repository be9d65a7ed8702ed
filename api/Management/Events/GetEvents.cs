using Microsoft.Net.Http.Headers;
using Sluice.Api.Management.Usage;
using Sluice.Storage.Control.Metrics;
using Sluice.Storage.Control.Names;
using Sluice.Storage.Control.Tenants;
using Sluice.Storage.Reports.Events;

namespace Sluice.Api.Management.Events;

/// <summary><c>GET /api/v1/tenants/{t}/events</c></summary>
internal sealed class GetEvents(
    TenantStore tenants, EventStore events, NameStore names, MetricStore metrics, TimeProvider time)
    : ManagementEndpoint<GetEventsQuery>
{
    public override void Configure()
    {
        Get("/events");
        Group<EventsEndpoints>();
        Requires(Permission.ReadUsageOfAll);
        Report();
        Describe("List single events of the ledger, newest first; JSON or CSV by Accept");
        Returns<GetEventsResponse>(StatusCodes.Status200OK, "application/json", UsageCsv.ContentType);
    }

    public override async Task<ApiResult> ExecuteAsync(GetEventsQuery query, CancellationToken ct)
    {
        if (await tenants.FindAsync(TenantId, ct) is not { } tenant)
            return ApiResult.NotFound("tenant");
        var catalogue = await metrics.ReadAsync(ct);
        if (query.Read(tenant, catalogue, time.GetUtcNow()).IsError(out var error, out var wanted))
            return ApiResult.Failure(error);
        var page = await events.ReadAsync(wanted.Query, wanted.After, wanted.Limit, ct);
        var book = await names.ReadAsync(
            TenantId, page.Items.Select(static item => IdText.Format(IdText.Key, item.Entry.KeyId)), ct);
        var items = page.Items.Select(item => GetEventsItem.Of(item.Position, item.Entry, catalogue, book)).ToArray();
        return await UsageCsv.AnswerAsync(
            HttpContext.Request,
            () =>
            {
                if (page.Next is { } next)
                    HttpContext.Response.Headers[HeaderNames.Link] = $"<{LinkTo(next)}>; rel=\"next\"";
                return Task.FromResult<Result<byte[]>>(EventsCsv.Write(items, catalogue));
            },
            () => Task.FromResult(ApiResult.Ok(new GetEventsResponse(items, page.Next?.ToString()))));
    }

    /// <summary>Returns the address of the next page: this one with another <c>after</c>.</summary>
    private string LinkTo(EventPosition next)
    {
        var http = HttpContext.Request;
        var query = http.Query.Where(static pair => pair.Key != "after")
            .SelectMany(static pair => pair.Value.Select(value => KeyValuePair.Create(pair.Key, value)))
            .Append(KeyValuePair.Create<string, string?>("after", next.ToString()));
        return http.Path + QueryString.Create(query).ToUriComponent();
    }
}
