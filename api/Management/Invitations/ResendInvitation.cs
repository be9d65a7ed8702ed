using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Management.Members;
using Sluice.Api.Wire;
using Sluice.Storage.Control;
using Sluice.Storage.Invitations;
using Sluice.Storage.Tenants;

namespace Sluice.Api.Management.Invitations;

/// <summary><c>POST /api/v1/tenants/{t}/invitations/{i}/resend</c></summary>
internal static class ResendInvitation
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/v1/tenants/{t}/invitations/{i}/resend", HandleAsync)
        .Needs(Permission.ManageMembers)
        .AsAction()
        .Describe("ResendInvitation", "Sends an invitation again, with a new link and seven new days")
        .Produces<InvitationView>();

    private static async Task<Reply> HandleAsync(
        TenantId t,
        InvitationId i,
        Caller caller,
        ControlTransaction tx,
        ITenantStore tenants,
        IInvitationStore invitations,
        InvitationLinks links,
        CancellationToken ct)
    {
        if (await tenants.FindAsync(t.Value, ct) is not { } tenant)
            return Reply.NotFound("tenant");
        var link = links.Make();
        if (await invitations.LockAsync(tx, tenant.Id, i.Value, ct) is not { } invitation)
            return Reply.NotFound("invitation");
        if ((MemberRules.ForGiving(caller, invitation.Role) ?? Closed(invitation)) is { } refusal)
            return Reply.Refused(refusal);

        var outcome = await invitations.RenewAsync(
            tx, invitation, link.TokenHash, tx.Now + InvitationLinks.Lifetime, ct);
        if (outcome.IsRefused(out var conflict, out var renewed))
            return Reply.Refused(conflict);
        await links.SendAsync(tx, tenant, renewed, caller, link, ct);
        return Reply.Ok(InvitationView.Of(renewed, tx.Now) with { Link = link.Text });
    }

    private static Refusal? Closed(Invitation invitation) => invitation switch
    {
        { ClosedAs: InvitationEnd.Used } => new Refusal.Conflict("The invitation was accepted already."),
        { ClosedAs: not null } => new Refusal.NotFound("invitation"),
        { Email: null } => new Refusal.Conflict("A shared link is not sent to anybody; make another one."),
        _ => null,
    };
}
