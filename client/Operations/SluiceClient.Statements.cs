// Written from the OpenAPI document by a test of the API, which says how.
using Sluice.Client.Models;

namespace Sluice.Client;

public sealed partial class SluiceClient
{
    /// <summary>Get a month such as 2026-11: by holder and model as JSON, by line as CSV.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="period">A month of the tenant's time zone.</param>
    /// <param name="compare"><c>previous</c> for the totals of the month before, too; JSON only.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<StatementDetailResponse>> GetStatementAsync(
        string tenantId,
        string period,
        string? compare = null,
        CancellationToken ct = default) =>
        SendAsync<StatementDetailResponse>(
            SluiceRequest.To("GET", "/api/v1/tenants/{t}/statements/{period}", tenantId, period)
                .With("compare", compare),
            ct);

    /// <summary>Get a month such as 2026-11: by holder and model as JSON, by line as CSV.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="period">A month of the tenant's time zone.</param>
    /// <param name="compare"><c>previous</c> for the totals of the month before, too; JSON only.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<Stream>> GetStatementCsvAsync(
        string tenantId,
        string period,
        string? compare = null,
        CancellationToken ct = default) =>
        StreamAsync(
            SluiceRequest.To("GET", "/api/v1/tenants/{t}/statements/{period}", tenantId, period)
                .With("compare", compare)
                .Accepts("text/csv"),
            ct);

    /// <summary>List the months with their totals, newest first: the open one, and the closed ones.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="after">The <c>next</c> of the previous page; the first page if omitted.</param>
    /// <param name="limit">The most items of the page, 1 to 500; 50 if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<StatementListResponse>> ListStatementsAsync(
        string tenantId,
        string? after = null,
        int? limit = null,
        CancellationToken ct = default) =>
        SendAsync<StatementListResponse>(
            SluiceRequest.To("GET", "/api/v1/tenants/{t}/statements", tenantId)
                .With("after", after)
                .With("limit", limit),
            ct);
}
