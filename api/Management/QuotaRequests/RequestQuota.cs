using FastEndpoints;
using FluentValidation;
using Sluice.Storage.Control.Quota;

namespace Sluice.Api.Management.QuotaRequests;

/// <summary><c>POST /api/v1/tenants/{t}/quota-requests</c></summary>
internal sealed class RequestQuota(UnitOfWork work, QuotaRequestStore requests)
    : ManagementEndpoint<RequestQuotaRequest>
{
    public override void Configure()
    {
        Post("/tenants/{t}/quota-requests");
        Group<QuotaRequestsEndpoints>();
        Requires(Permission.RequestQuota);
        Transactional();
        Describe("Request a higher quota from the operator");
        Returns<QuotaRequestResponse>(StatusCodes.Status201Created);
    }

    public override async Task<ApiResult> ExecuteAsync(RequestQuotaRequest request, CancellationToken ct)
    {
        var amount = QuotaRequestFields.UnitsOf(request.Amount);
        return ApiResult.Of(
            await requests.CreateAsync(work, TenantId, amount!.Value, request.Reason!, ct),
            static created => ApiResult.Created(
                $"/api/v1/tenants/{Ids.Tenant(created.TenantId)}/quota-requests", QuotaRequestResponse.Of(created)));
    }
}

/// <param name="Amount">
/// The requested quota for a month, in the tenant's currency: above 0, and more than the present quota.
/// </param>
/// <param name="Reason">The reason, for the operator, at most 2,000 characters.</param>
internal sealed record RequestQuotaRequest(JsonDecimal? Amount, string? Reason);

internal sealed class RequestQuotaRequestValidator : Validator<RequestQuotaRequest>
{
    public RequestQuotaRequestValidator()
    {
        RuleFor(static r => r.Amount).Follows(QuotaRequestFields.Amount);
        RuleFor(static r => r.Reason).Follows(FieldRules.Prose);
    }
}
