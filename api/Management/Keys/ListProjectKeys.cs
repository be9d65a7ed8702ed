using Sluice.Storage.Control.Keys;

namespace Sluice.Api.Management.Keys;

/// <summary><c>GET /api/v1/tenants/{t}/projects/{p}/keys</c></summary>
internal sealed class ListProjectKeys(KeyStore keys) : ManagementEndpoint<PageQuery>
{
    public override void Configure()
    {
        Get("/projects/{p}/keys");
        Group<KeysEndpoints>();
        Requires(Permission.ManageProjectKeys);
        Describe("List a project's keys, oldest first");
        Returns<ListResponse<KeyResponse>>();
    }

    public override async Task<ApiResult> ExecuteAsync(PageQuery query, CancellationToken ct)
    {
        if (query.Read(IdText.Key).IsError(out var error, out var page))
            return ApiResult.Failure(error);
        return ApiResult.Of(
            await keys.ListAsync(TenantId, ProjectId, page, ct),
            static found => ApiResult.Ok(ListResponse<KeyResponse>.Of(
                found, KeyResponse.Of, static key => Ids.Key(key.Id))));
    }
}
