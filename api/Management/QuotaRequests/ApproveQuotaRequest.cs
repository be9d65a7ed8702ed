using FastEndpoints;
using FluentValidation;

namespace Sluice.Api.Management.QuotaRequests;

/// <summary><c>POST /api/v1/quota-requests/{id}/approve</c></summary>
internal sealed class ApproveQuotaRequest(QuotaDecider decider) : ManagementEndpoint<ApproveQuotaRequestRequest>
{
    public override void Configure()
    {
        Post("/quota-requests/{id}/approve");
        Group<QuotaRequestsEndpoints>();
        Requires(Permission.SetQuota);
        Transactional();
        Describe("Approve a quota request and notify the tenant; the quota is in force when this returns");
        Returns<QuotaRequestResponse>();
        OptionalBody();
    }

    public override Task<ApiResult> ExecuteAsync(ApproveQuotaRequestRequest request, CancellationToken ct) =>
        decider.DecideAsync(
            RouteId("id", IdText.QuotaRequest),
            approves: true,
            QuotaRequestFields.UnitsOf(request.Amount),
            request.Note,
            ct);
}

/// <param name="Amount">
/// The new quota for a month, in the tenant's currency: above 0, and more than the present quota. The requested amount
/// if omitted.
/// </param>
/// <param name="Note">A note to the tenant, at most 2,000 characters on one line; none if omitted.</param>
internal sealed record ApproveQuotaRequestRequest(JsonDecimal? Amount = null, string? Note = null);

internal sealed class ApproveQuotaRequestRequestValidator : Validator<ApproveQuotaRequestRequest>
{
    public ApproveQuotaRequestRequestValidator()
    {
        RuleFor(static r => r.Amount).Follows(QuotaRequestFields.Amount).When(static r => r.Amount is not null);
        RuleFor(static r => r.Note).Follows(FieldRules.Note).When(static r => r.Note is not null);
    }
}
