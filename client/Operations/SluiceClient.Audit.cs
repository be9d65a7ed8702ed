// Written from the OpenAPI document by a test of the API, which says how.
using Sluice.Client.Models;

namespace Sluice.Client;

public sealed partial class SluiceClient
{
    /// <summary>List audit entries, newest first: who changed what, from where, before and after.</summary>
    /// <param name="tenantId">The tenant's id.</param>
    /// <param name="actor">
    /// Only changes by <c>operator</c>, <c>system</c> or the member with this id; by all if omitted.
    /// </param>
    /// <param name="action">
    /// Only this action, such as <c>key.deleted</c>, or all actions on a kind of thing, such as <c>key</c>; all if
    /// omitted.
    /// </param>
    /// <param name="target">Only changes of the thing with this id; of all if omitted.</param>
    /// <param name="from">The start, a time; the first entry if omitted.</param>
    /// <param name="to">The end, exclusive, a time; the last entry if omitted.</param>
    /// <param name="after">The <c>next</c> of the previous page; the first page if omitted.</param>
    /// <param name="limit">The most items of the page, 1 to 500; 50 if omitted.</param>
    /// <param name="ct">Ends the wait for an answer.</param>
    public Task<SluiceResult<GetAuditEntryListResponse>> GetAuditAsync(
        string tenantId,
        string? actor = null,
        string? action = null,
        string? target = null,
        string? from = null,
        string? to = null,
        string? after = null,
        int? limit = null,
        CancellationToken ct = default) =>
        SendAsync<GetAuditEntryListResponse>(
            SluiceRequest.To("GET", "/api/v1/tenants/{t}/audit", tenantId)
                .With("actor", actor)
                .With("action", action)
                .With("target", target)
                .With("from", from)
                .With("to", to)
                .With("after", after)
                .With("limit", limit),
            ct);
}
