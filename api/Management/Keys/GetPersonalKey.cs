using Sluice.Storage.Control.Keys;

namespace Sluice.Api.Management.Keys;

/// <summary><c>GET /api/v1/tenants/{t}/me/personal-key</c>, <c>GET /api/v1/me/personal-key</c></summary>
internal sealed class GetPersonalKey(HeldKeys keys) : ManagementEndpoint
{
    public override void Configure()
    {
        Get("/tenants/{t}/me/personal-key", "/me/personal-key");
        Group<PersonalKeysEndpoints>();
        Requires(Permission.OwnPersonalKey);
        Describe("Get the caller's personal key, without its secret");
        Returns<KeyResponse>();
    }

    protected override Task<ApiResult> ExecuteAsync(CancellationToken ct) =>
        keys.ShowAsync(HeldKey.Personal(Caller.TenantId, Caller.MemberId), ct);
}
