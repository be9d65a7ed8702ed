using FastEndpoints;
using Sluice.Storage.Control.Keys;

namespace Sluice.Api.Management.Keys;

/// <summary><c>DELETE /api/v1/tenants/{t}/projects/{p}/keys/{k}</c></summary>
internal sealed class DeleteProjectKey(UnitOfWork work, KeyStore keys) : ManagementEndpoint
{
    public override void Configure()
    {
        Delete("/projects/{p}/keys/{k}");
        Group<KeysEndpoints>();
        Requires(Permission.ManageProjectKeys);
        Transactional();
        Guarded();
        Describe("Delete a key; it no longer works when this returns");
        Returns(StatusCodes.Status204NoContent);
    }

    protected override async Task<ApiResult> ExecuteAsync(CancellationToken ct) =>
        ApiResult.Of(
            await keys.DeleteAsync(work, new(TenantId, ProjectId, KeyId), ct),
            static key => ApiResult.NoContent(ControlChange.Key(key.Id)));

    protected override async Task<ApiResult> LockAsync(EmptyRequest request, CancellationToken ct) =>
        await keys.LockAsync(work, new(TenantId, ProjectId, KeyId), ct) is { DeletedAt: null } key
            ? ApiResult.Ok(KeyResponse.Of(key))
            : ApiResult.NotFound("key");
}
