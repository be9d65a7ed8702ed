using Sluice.Api.Management.Members;
using Sluice.Storage.Control.Invitations;

namespace Sluice.Api.Management.Invitations;

/// <summary><c>DELETE /api/v1/tenants/{t}/invitations/{i}</c></summary>
internal sealed class RevokeInvitation(UnitOfWork work, InvitationStore invitations) : ManagementEndpoint
{
    public override void Configure()
    {
        Delete("/tenants/{t}/invitations/{i}");
        Group<InvitationsEndpoints>();
        Requires(Permission.ManageMembers);
        Transactional();
        Describe("Revoke an invitation; its link no longer works when this returns");
        Returns(StatusCodes.Status204NoContent);
    }

    protected override async Task<ApiResult> ExecuteAsync(CancellationToken ct)
    {
        if (await invitations.LockAsync(work, TenantId, RouteId("i", IdText.Invitation), ct) is not { } invitation)
            return ApiResult.NotFound("invitation");
        if (MemberRules.ForGiving(Caller, invitation.Role) is { } error)
            return ApiResult.Failure(error);
        return ApiResult.Of(await invitations.RevokeAsync(work, invitation, ct), static _ => ApiResult.NoContent());
    }
}
