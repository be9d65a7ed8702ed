using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Wire;
using Sluice.Metering.Identity;
using Sluice.Storage.Invitations;

namespace Sluice.Api.Management.Invitations;

/// <summary><c>GET /api/v1/tenants/{t}/invitations</c></summary>
internal static class ListInvitations
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/api/v1/tenants/{t}/invitations", HandleAsync)
        .Needs(Permission.ReadInvitations)
        .Describe("ListInvitations", "Lists the invitations that are open or have expired, oldest first")
        .Lists<InvitationView>();

    private static async Task<Reply> HandleAsync(
        TenantId t,
        [AsParameters] PageQuery query,
        IInvitationStore invitations,
        TimeProvider time,
        CancellationToken ct)
    {
        if (query.Read(IdText.Invitation).IsRefused(out var refusal, out var page))
            return Reply.Refused(refusal);
        var now = time.GetUtcNow();
        return Reply.Of(
            await invitations.ListAsync(t.Value, page, ct),
            found => Reply.Ok(ListOf<InvitationView>.Of(
                found,
                invitation => InvitationView.Of(invitation, now),
                static invitation => Ids.Invitation(invitation.Id))));
    }
}
