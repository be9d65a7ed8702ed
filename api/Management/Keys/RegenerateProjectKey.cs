using Sluice.Metering.Keys;
using Sluice.Storage.Control.Keys;

namespace Sluice.Api.Management.Keys;

/// <summary><c>POST /api/v1/tenants/{t}/projects/{p}/keys/{k}/regenerate</c></summary>
internal sealed class RegenerateProjectKey(UnitOfWork work, KeyStore keys) : ManagementEndpoint<RegenerateRequest>
{
    public override void Configure()
    {
        Post("/projects/{p}/keys/{k}/regenerate");
        Group<KeysEndpoints>();
        Requires(Permission.ManageProjectKeys);
        Transactional();
        Describe("Replace a key's secret; the old one no longer works when this returns");
        Returns<RegeneratedKeyResponse>();
        OptionalBody();
    }

    public override async Task<ApiResult> ExecuteAsync(RegenerateRequest request, CancellationToken ct)
    {
        // No secret can be generated for an invalid id.
        if (KeyId == 0)
            return ApiResult.NotFound("key");

        var secret = ApiKeyFormat.Generate(KeyKind.Project, KeyId);
        return ApiResult.Of(
            await keys.RegenerateAsync(work, new(TenantId, ProjectId, KeyId), [.. secret.Hash], request.Grace, ct),
            key => ApiResult.Ok(RegeneratedKeyResponse.Of(key, secret.Text), ControlChange.Key(key.Id)));
    }
}
