using Sluice.Storage.Control.Quota;

namespace Sluice.Api.Management.QuotaRequests;

/// <summary>A quota request as the API shows it.</summary>
/// <param name="Id">The quota request's id, such as <c>q0000000001a</c>.</param>
/// <param name="TenantId">The tenant's id, such as <c>t0000000001a</c>.</param>
/// <param name="Amount">The requested quota for a month, in the tenant's currency.</param>
/// <param name="Reason">The reason for the request.</param>
/// <param name="State">Whether it is open, approved or denied.</param>
/// <param name="CreatedBy">Who created it: <c>operator</c> or a member's id.</param>
/// <param name="CreatedAt">When it was created, in UTC.</param>
/// <param name="DecidedBy">Who decided it: <c>operator</c> or a member's id; null while it is open.</param>
/// <param name="DecidedAt">When it was decided, in UTC; null while it is open.</param>
/// <param name="Note">The note of the decision; null without one.</param>
/// <param name="ApprovedAmount">
/// The approved quota for a month, in the tenant's currency; null if none was approved.
/// </param>
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
