using Sluice.Storage.Control.Quota;

namespace Sluice.Api.Management.QuotaRequests;

/// <summary>A quota request as the API shows it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="TenantId">The tenant that asks.</param>
/// <param name="Amount">The requested quota, in the tenant's currency.</param>
/// <param name="Reason">The reason for the request.</param>
/// <param name="State"><c>open</c>, <c>approved</c> or <c>denied</c>.</param>
/// <param name="CreatedBy"><c>operator</c>, or the id of a member.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="DecidedBy">Who decided it, in the same form; null while it is open.</param>
/// <param name="DecidedAt">When it was decided.</param>
/// <param name="Note">A note from the person who decided.</param>
/// <param name="ApprovedAmount">The quota that was approved.</param>
internal sealed record QuotaRequestResponse(
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

    public static QuotaRequestResponse Of(QuotaRequest request) => new(
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
