using Sluice.Metering.Limits;
using Sluice.Metering.Periods;
using Sluice.Storage.Control.Limits;

namespace Sluice.Api.Management.Limits;

/// <summary><c>PUT /api/v1/tenants/{t}/quota</c></summary>
internal sealed class SetQuota(UnitOfWork work, LimitStore limits) : ManagementEndpoint<SetQuotaRequest>
{
    public override void Configure()
    {
        Put("/quota");
        Group<LimitsEndpoints>();
        Requires(Permission.SetQuota);
        Transactional();
        Guarded();
        Describe("Set the quota, the ceiling of a tenant's monthly amount");
        Returns<QuotaResponse>();
    }

    public override async Task<ApiResult> ExecuteAsync(SetQuotaRequest request, CancellationToken ct)
    {
        var metric = MetricCatalogue.BuiltIn[MetricId.Amount];
        var rules = new FieldErrors();
        if (!request.Amount.HasValue)
            rules.Add("amount", "required", "Must be given; null removes the quota.");
        var units = rules.Units("amount", request.Amount.Value, metric.Decimals);
        if (rules.Error is { } error)
            return ApiResult.Failure(error);

        var scope = new ScopeId(ScopeKind.Tenant, TenantId);
        var draft = new LimitDraft(metric.Id, PeriodKind.Month, units, []);
        return ApiResult.Of(
            await limits.SetAsync(work, TenantId, scope, LimitSource.Quota, draft, ct),
            _ => ApiResult.Ok(new QuotaResponse(LimitResponse.Amount(units, metric)), ControlChange.Limits(scope)));
    }

    protected override async Task<ApiResult> LockAsync(SetQuotaRequest request, CancellationToken ct) =>
        ApiResult.Of(
            await limits.LockAsync(
                work,
                TenantId,
                new(ScopeKind.Tenant, TenantId),
                LimitSource.Quota,
                MetricId.Amount,
                Caller.Visibility,
                ct),
            static rows => ApiResult.Ok(QuotaResponse.Of(rows)));
}

/// <param name="Amount">The ceiling of a month's amount, in the tenant's currency; null for none.</param>
internal sealed record SetQuotaRequest(Optional<JsonDecimal?> Amount);

/// <param name="Amount">The ceiling of a month's amount, in the tenant's currency; null for none.</param>
internal sealed record QuotaResponse(JsonDecimal? Amount)
{
    /// <param name="rows">What is set as the quota: one value or none.</param>
    public static QuotaResponse Of(IReadOnlyList<StoredLimit> rows) =>
        new(LimitResponse.Amount(rows.SingleOrDefault()?.Value, MetricCatalogue.BuiltIn[MetricId.Amount]));
}
