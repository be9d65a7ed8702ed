// Written from the OpenAPI document by a test of the API, which says how.
using Sluice.Client.Models;

namespace Sluice.Client;

public sealed partial class SluiceClient
{
    /// <summary>Add up the ledger of a month again, and compare it with the counters and sums.</summary>
    /// <param name="period">The month, such as <c>2026-11</c>; the current one in UTC if omitted.</param>
    /// <param name="tenant">The tenant's id, such as <c>t0000000001a</c>; all tenants if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<GetReconciliationResponse>> GetReconciliationAsync(
        string? period = null,
        string? tenant = null,
        CancellationToken ct = default) =>
        SendAsync<GetReconciliationResponse>(
            SluiceRequest.To("GET", "/api/v1/reconciliation")
                .With("period", period)
                .With("tenant", tenant),
            ct);

    /// <summary>List the scheduled jobs, each with its last run on any node.</summary>
    /// <param name="after">The <c>next</c> of the previous page; the first page if omitted.</param>
    /// <param name="limit">The most items of the page, 1 to 500; 50 if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<ListJobsItemListResponse>> ListJobsAsync(
        string? after = null,
        int? limit = null,
        CancellationToken ct = default) =>
        SendAsync<ListJobsItemListResponse>(
            SluiceRequest.To("GET", "/api/v1/jobs")
                .With("after", after)
                .With("limit", limit),
            ct);
}
