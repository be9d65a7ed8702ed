using Sluice.Storage.Control.Keys;

namespace Sluice.Api.Management.Keys;

/// <summary>
/// <c>POST /api/v1/tenants/{t}/me/personal-key/regenerate</c>, <c>POST /api/v1/me/personal-key/regenerate</c>
/// </summary>
internal sealed class RegeneratePersonalKey(HeldKeys keys) : ManagementEndpoint<RegenerateRequest>
{
    public override void Configure()
    {
        Post("/tenants/{t}/me/personal-key/regenerate", "/me/personal-key/regenerate");
        Group<PersonalKeysEndpoints>();
        Requires(Permission.OwnPersonalKey);
        Transactional();
        Describe("Replace the secret of the caller's personal key; the old one no longer works when this returns");
        OptionalBody();
        Returns<RegeneratedKeyResponse>();
    }

    public override Task<ApiResult> ExecuteAsync(RegenerateRequest request, CancellationToken ct) =>
        keys.RegenerateAsync(
            HeldKey.Personal(Caller.TenantId, Caller.MemberId), request, RegeneratedKeyResponse.Of, ct);
}
