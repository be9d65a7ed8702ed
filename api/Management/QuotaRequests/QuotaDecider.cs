using Sluice.Storage.Control.Quota;

namespace Sluice.Api.Management.QuotaRequests;

/// <summary>Approves and denies quota requests.</summary>
internal sealed class QuotaDecider(UnitOfWork tx, QuotaRequestStore requests)
{
    public async Task<ApiResult> DecideAsync(
        long requestId, bool approves, long? amountUnits, string? note, CancellationToken ct) =>
        ApiResult.Of(
            await requests.DecideAsync(tx, requestId, new(approves, amountUnits, note), ct),
            decided => approves
                ? ApiResult.Ok(
                    QuotaRequestResponse.Of(decided),
                    ControlChange.Limits(new(ScopeKind.Tenant, decided.TenantId)))
                : ApiResult.Ok(QuotaRequestResponse.Of(decided)));
}
