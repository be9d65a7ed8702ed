using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Management.Members;
using Sluice.Api.Wire;
using Sluice.Storage.Control;
using Sluice.Storage.Invitations;

namespace Sluice.Api.Management.Invitations;

/// <summary><c>DELETE /api/v1/tenants/{t}/invitations/{i}</c></summary>
internal static class RevokeInvitation
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapDelete("/api/v1/tenants/{t}/invitations/{i}", HandleAsync)
        .Needs(Permission.ManageMembers)
        .AsAction()
        .Describe("RevokeInvitation", "Revokes an invitation; its link is dead when this returns")
        .Produces(StatusCodes.Status204NoContent);

    private static async Task<Reply> HandleAsync(
        TenantId t,
        InvitationId i,
        Caller caller,
        ControlTransaction tx,
        IInvitationStore invitations,
        CancellationToken ct)
    {
        if (await invitations.LockAsync(tx, t.Value, i.Value, ct) is not { } invitation)
            return Reply.NotFound("invitation");
        if (MemberRules.ForGiving(caller, invitation.Role) is { } refusal)
            return Reply.Refused(refusal);
        return Reply.Of(await invitations.RevokeAsync(tx, invitation, ct), static _ => Reply.NoContent());
    }
}
