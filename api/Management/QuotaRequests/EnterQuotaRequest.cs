using FastEndpoints;
using FluentValidation;
using Sluice.Storage.Control.Quota;

namespace Sluice.Api.Management.QuotaRequests;

/// <summary><c>POST /api/v1/quota-requests</c></summary>
internal sealed class EnterQuotaRequest(UnitOfWork work, QuotaRequestStore requests)
    : ManagementEndpoint<EnterQuotaRequestRequest>
{
    public override void Configure()
    {
        Post("/quota-requests");
        Group<QuotaRequestsEndpoints>();
        Requires(Permission.SetQuota);
        Transactional();
        Describe("Enter a quota request that a tenant made by other means");
        Returns<QuotaRequestResponse>(StatusCodes.Status201Created);
    }

    public override async Task<ApiResult> ExecuteAsync(EnterQuotaRequestRequest request, CancellationToken ct)
    {
        var amount = QuotaRequestFields.UnitsOf(request.Amount);
        var tenant = Ids.Read(IdText.Tenant, request.TenantId);
        return ApiResult.Of(
            await requests.CreateAsync(work, tenant, amount!.Value, request.Reason!, ct),
            static created => ApiResult.Created("/api/v1/quota-requests", QuotaRequestResponse.Of(created)));
    }
}

/// <param name="TenantId">The tenant's id, such as <c>t0000000001a</c>.</param>
/// <param name="Amount">
/// The requested quota for a month, in the tenant's currency: above 0, and more than the present quota.
/// </param>
/// <param name="Reason">The reason that the tenant gave, at most 2,000 characters.</param>
internal sealed record EnterQuotaRequestRequest(string? TenantId, JsonDecimal? Amount, string? Reason);

internal sealed class EnterQuotaRequestRequestValidator : Validator<EnterQuotaRequestRequest>
{
    public EnterQuotaRequestRequestValidator()
    {
        RuleFor(static r => r.TenantId).Follows(FieldRules.Compared);
        RuleFor(static r => r.Amount).Follows(QuotaRequestFields.Amount);
        RuleFor(static r => r.Reason).Follows(FieldRules.Prose);
    }
}
