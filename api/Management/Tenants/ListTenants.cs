using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Endpoints;
using Sluice.Api.Wire;
using Sluice.Metering.Identity;
using Sluice.Storage.Control.Tenants;

namespace Sluice.Api.Management.Tenants;

/// <summary><c>GET /api/v1/tenants</c></summary>
internal sealed class ListTenants(TenantStore tenants) : ManagementEndpoint<PageQuery>
{
    public override void Configure()
    {
        Get("/tenants");
        Group<TenantsEndpoints>();
        Requires(Permission.ManageTenants);
        Describe("List all tenants, oldest first");
        Returns<ListResponse<TenantResponse>>();
    }

    public override async Task<ApiResult> ExecuteAsync(PageQuery query, CancellationToken ct)
    {
        if (query.Read(IdText.Tenant).IsError(out var error, out var page))
            return ApiResult.Failure(error);
        var found = await tenants.ListAsync(page, ct);
        return ApiResult.Ok(ListResponse<TenantResponse>.Of(
            found, TenantResponse.Of, static tenant => Ids.Tenant(tenant.Id)));
    }
}
