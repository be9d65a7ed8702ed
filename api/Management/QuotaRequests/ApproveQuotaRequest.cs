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

/// <param name="Amount">The new quota; the requested amount if omitted.</param>
/// <param name="Note">A note to the requester.</param>
internal sealed record ApproveQuotaRequestRequest(JsonDecimal? Amount, string? Note);

internal sealed class ApproveQuotaRequestRequestValidator : Validator<ApproveQuotaRequestRequest>
{
    public ApproveQuotaRequestRequestValidator()
    {
        RuleFor(static r => r.Amount).Follows(QuotaRequestFields.Amount).When(static r => r.Amount is not null);
        RuleFor(static r => r.Note).Follows(FieldRules.Note).When(static r => r.Note is not null);
    }
}
