using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Management.Members;
using Sluice.Api.Wire;
using Sluice.Metering.Identity;
using Sluice.Storage.Control;
using Sluice.Storage.Invitations;
using Sluice.Storage.Tenants;

namespace Sluice.Api.Management.Invitations;

/// <summary><c>POST /api/v1/tenants/{t}/invitations</c></summary>
internal static class InviteMember
{
    internal sealed record Request(string? Email, string? Role);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/v1/tenants/{t}/invitations", HandleAsync)
        .Needs(Permission.ManageMembers)
        .AsAction()
        .Describe("InviteMember", "Invites an address by mail; its link works once, for seven days")
        .Produces<InvitationView>(StatusCodes.Status201Created);

    private static async Task<Reply> HandleAsync(
        TenantId t,
        Caller caller,
        Request request,
        ControlTransaction tx,
        ITenantStore tenants,
        IInvitationStore invitations,
        InvitationLinks links,
        CancellationToken ct)
    {
        var rules = new RuleCheck();
        var email = rules.Email("email", request.Email);
        var role = rules.Role("role", request.Role);
        if ((rules.Refusal ?? MemberRules.ForGiving(caller, role)) is { } refusal)
            return Reply.Refused(refusal);
        if (await tenants.FindAsync(t.Value, ct) is not { } tenant)
            return Reply.NotFound("tenant");

        var link = links.Make();
        var invitation = new NewInvitation(
            IdText.NewValue(), email, role, link.TokenHash, MaxUses: 1, tx.Now + InvitationLinks.Lifetime);
        var outcome = await invitations.CreateAsync(tx, tenant.Id, invitation, ct);
        if (outcome.IsRefused(out var conflict, out var created))
            return Reply.Refused(conflict);
        await links.SendAsync(tx, tenant, created, caller, link, ct);
        return Reply.Created(
            $"/api/v1/tenants/{Ids.Tenant(tenant.Id)}/invitations/{Ids.Invitation(created.Id)}",
            InvitationView.Of(created, tx.Now) with { Link = link.Text });
    }
}
