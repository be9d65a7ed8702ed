using Sluice.Storage.Control.Keys;

namespace Sluice.Api.Management.Keys;

/// <summary><c>GET /api/v1/tenants/{t}/projects/{p}/keys</c></summary>
internal sealed class ListProjectKeys(KeyStore keys) : ManagementEndpoint<ListKeysQuery>
{
    public override void Configure()
    {
        Get("/projects/{p}/keys");
        Group<KeysEndpoints>();
        Requires(Permission.ManageProjectKeys);
        Describe("List a project's keys; search with ?search= and sort with ?sort=");
        Returns<ListResponse<KeyResponse>>();
    }

    public override async Task<ApiResult> ExecuteAsync(ListKeysQuery query, CancellationToken ct)
    {
        var rules = new FieldErrors();
        var list = query.Read(rules);
        if (rules.Error is { } error)
            return ApiResult.Failure(error);
        return ApiResult.Of(
            await keys.ListOfProjectAsync(TenantId, ProjectId, list, ct), page => query.Show(page, list));
    }
}
