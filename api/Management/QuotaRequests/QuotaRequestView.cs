using Sluice.Api.Wire;
using Sluice.Metering.Metrics;
using Sluice.Storage.Quota;

namespace Sluice.Api.Management.QuotaRequests;

/// <summary>A request for more quota as the API shows it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="TenantId">Who asks.</param>
/// <param name="Amount">What for, in the tenant's currency.</param>
/// <param name="Reason">Why.</param>
/// <param name="State"><c>open</c>, <c>approved</c> or <c>denied</c>.</param>
/// <param name="CreatedBy"><c>operator</c>, or the id of a member.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="DecidedBy">Likewise; null while it is open.</param>
/// <param name="DecidedAt">When it was decided.</param>
/// <param name="Note">From who decided.</param>
/// <param name="ApprovedAmount">What the quota was set to.</param>
internal sealed record QuotaRequestView(
    string Id,
    string TenantId,
    JsonDecimal Amount,
    string Reason,
    QuotaRequestState State,
    string CreatedBy,
    DateTimeOffset CreatedAt,
    string? DecidedBy,
    DateTimeOffset? DecidedAt,
    string? Note,
    JsonDecimal? ApprovedAmount)
{
    public static readonly Metric Metric = MetricCatalogue.BuiltIn[MetricId.Amount];

    public static QuotaRequestView Of(QuotaRequest request) => new(
        Ids.QuotaRequest(request.Id),
        Ids.Tenant(request.TenantId),
        JsonDecimal.Of(request.AmountUnits, Metric.Decimals),
        request.Reason,
        request.State,
        request.CreatedBy,
        request.CreatedAt,
        request.DecidedBy,
        request.DecidedAt,
        request.Note,
        request.ApprovedUnits is { } approved ? JsonDecimal.Of(approved, Metric.Decimals) : null);
}
