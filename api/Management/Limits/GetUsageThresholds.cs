using System.Collections.Immutable;
using Sluice.Storage.Control.Limits;
using Sluice.Storage.Control.Metrics;
using Sluice.Storage.Control.Tenants;

namespace Sluice.Api.Management.Limits;

/// <summary><c>GET /api/v1/tenants/{t}/usage-thresholds</c></summary>
internal sealed class GetUsageThresholds(TenantStore tenants, LimitStore limits, MetricStore metrics)
    : ManagementEndpoint
{
    public override void Configure()
    {
        Get("/usage-thresholds");
        Group<LimitsEndpoints>();
        Requires(Permission.ReadAccountThresholds);
        Describe("Get an account's warning and blocked values");
        Tagged();
        Returns<UsageThresholdsResponse>();
    }

    protected override async Task<ApiResult> ExecuteAsync(CancellationToken ct) =>
        await tenants.FindAsync(TenantId, ct) is { } tenant
            ? ApiResult.Ok(UsageThresholdsResponse.Of(
                await limits.ReadThresholdsAsync(TenantId, ct), tenant.Language, await metrics.ReadAsync(ct)))
            : ApiResult.NotFound("tenant");
}
