using Sluice.Storage.Control.Keys;

namespace Sluice.Api.Management.Keys;

/// <summary><c>GET /api/v1/tenants/{t}/keys/{k}</c></summary>
internal sealed class GetKey(KeyStore keys) : ManagementEndpoint
{
    public override void Configure()
    {
        Get("/keys/{k}");
        Group<KeysEndpoints>();
        Requires(Permission.ReadKeys);
        Describe("Get a key of any kind that the caller manages");
        Tagged();
        Returns<KeyResponse>();
    }

    protected override async Task<ApiResult> ExecuteAsync(CancellationToken ct)
    {
        var key = await keys.FindAsync(TenantId, KeyId, ct);
        return Caller.WhyNotManaged(key, Permission.ReadKeys) is { } error
            ? ApiResult.Failure(error)
            : ApiResult.Ok(KeyResponse.Of(key!));
    }
}
