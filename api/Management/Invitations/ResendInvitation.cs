using Sluice.Api.Management.Members;
using Sluice.Storage.Control.Invitations;
using Sluice.Storage.Control.Tenants;

namespace Sluice.Api.Management.Invitations;

/// <summary><c>POST /api/v1/tenants/{t}/invitations/{i}/resend</c></summary>
internal sealed class ResendInvitation(
    UnitOfWork work,
    TenantStore tenants,
    InvitationStore invitations,
    InvitationLinks links)
    : ManagementEndpoint
{
    public override void Configure()
    {
        Post("/tenants/{t}/invitations/{i}/resend");
        Group<InvitationsEndpoints>();
        Requires(Permission.ManageMembers);
        Transactional();
        Describe("Send an invitation again, with a new link that works for seven days");
        Returns<InvitationResponse>();
    }

    protected override async Task<ApiResult> ExecuteAsync(CancellationToken ct)
    {
        if (await tenants.FindAsync(TenantId, ct) is not { } tenant)
            return ApiResult.NotFound("tenant");
        var link = links.Make();
        if (await invitations.LockAsync(work, tenant.Id, RouteId("i", IdText.Invitation), ct) is not { } invitation)
            return ApiResult.NotFound("invitation");
        if ((MemberRules.ForGiving(Caller, invitation.Role) ?? Closed(invitation)) is { } error)
            return ApiResult.Failure(error);

        var outcome = await invitations.RenewAsync(
            work, invitation, link.TokenHash, work.Now + InvitationLinks.Lifetime, ct);
        if (outcome.IsError(out var conflict, out var renewed))
            return ApiResult.Failure(conflict);
        await links.SendAsync(work, tenant, renewed, Caller, link, ct);
        return ApiResult.Ok(InvitationResponse.Of(renewed, work.Now) with { Link = link.Text });
    }

    private static Error? Closed(Invitation invitation) => invitation switch
    {
        { ClosedAs: InvitationEnd.Used } => new Error.Conflict("The invitation was accepted already."),
        { ClosedAs: not null } => new Error.NotFound("invitation"),
        { Email: null } => new Error.Conflict("A shared link is not sent to anybody; make another one."),
        _ => null,
    };
}
