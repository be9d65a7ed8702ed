using Sluice.Storage.Control.Keys;

namespace Sluice.Api.Management.Keys;

/// <summary><c>DELETE /api/v1/tenants/{t}/me/personal-key</c>, <c>DELETE /api/v1/me/personal-key</c></summary>
internal sealed class DeletePersonalKey(HeldKeys keys) : ManagementEndpoint
{
    public override void Configure()
    {
        Delete("/tenants/{t}/me/personal-key", "/me/personal-key");
        Group<PersonalKeysEndpoints>();
        Requires(Permission.OwnPersonalKey);
        Transactional();
        Describe("Delete the caller's personal key; it no longer works when this returns");
        Returns(StatusCodes.Status204NoContent);
    }

    protected override Task<ApiResult> ExecuteAsync(CancellationToken ct) =>
        keys.DeleteAsync(HeldKey.Personal(Caller.TenantId, Caller.MemberId), ct);
}
