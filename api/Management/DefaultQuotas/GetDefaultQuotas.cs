using Sluice.Storage.Control.Quota;

namespace Sluice.Api.Management.DefaultQuotas;

/// <summary><c>GET /api/v1/default-quotas</c></summary>
internal sealed class GetDefaultQuotas(DefaultQuotaStore quotas) : ManagementEndpoint
{
    public override void Configure()
    {
        Get("/default-quotas");
        Group<DefaultQuotasEndpoints>();
        Requires(Permission.SetQuota);
        Describe("Get the quotas that new tenants start with, by currency");
        Returns<DefaultQuotaAmounts>();
    }

    protected override async Task<ApiResult> ExecuteAsync(CancellationToken ct) =>
        ApiResult.Ok(DefaultQuotaAmounts.Of(await quotas.ReadAsync(ct)));
}
