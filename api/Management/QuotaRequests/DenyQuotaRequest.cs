using FastEndpoints;
using FluentValidation;

namespace Sluice.Api.Management.QuotaRequests;

/// <summary><c>POST /api/v1/quota-requests/{id}/deny</c></summary>
internal sealed class DenyQuotaRequest(QuotaDecider decider) : ManagementEndpoint<DenyQuotaRequestRequest>
{
    public override void Configure()
    {
        Post("/quota-requests/{id}/deny");
        Group<QuotaRequestsEndpoints>();
        Requires(Permission.SetQuota);
        Transactional();
        Describe("Deny a quota request and notify the tenant; the quota stays as it is");
        Returns<QuotaRequestResponse>();
        OptionalBody();
    }

    public override Task<ApiResult> ExecuteAsync(DenyQuotaRequestRequest request, CancellationToken ct) =>
        decider.DecideAsync(
            RouteId("id", IdText.QuotaRequest), approves: false, null, request.Note, ct);
}

/// <param name="Note">A note to the tenant, at most 2,000 characters on one line; none if omitted.</param>
internal sealed record DenyQuotaRequestRequest(string? Note = null);

internal sealed class DenyQuotaRequestRequestValidator : Validator<DenyQuotaRequestRequest>
{
    public DenyQuotaRequestRequestValidator()
    {
        RuleFor(static r => r.Note).Follows(FieldRules.Note).When(static r => r.Note is not null);
    }
}
