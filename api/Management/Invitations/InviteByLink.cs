using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Management.Members;
using Sluice.Api.Wire;
using Sluice.Metering.Identity;
using Sluice.Storage.Control;
using Sluice.Storage.Invitations;

namespace Sluice.Api.Management.Invitations;

/// <summary><c>POST /api/v1/tenants/{t}/invitations/bulk</c></summary>
internal static class InviteByLink
{
    private const int UsesMax = 10_000;

    private static readonly TimeSpan LifetimeMax = TimeSpan.FromDays(30);

    /// <param name="MaxUses">How many people come in by it.</param>
    /// <param name="ExpiresAt">At most 30 days ahead.</param>
    internal sealed record Request(string? Role, int? MaxUses, DateTimeOffset? ExpiresAt);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/v1/tenants/{t}/invitations/bulk", HandleAsync)
        .Needs(Permission.ManageMembers)
        .AsAction()
        .Describe("InviteByLink", "Makes a link that lets several people in; it is shown this once")
        .Produces<InvitationView>(StatusCodes.Status201Created);

    private static async Task<Reply> HandleAsync(
        TenantId t,
        Caller caller,
        Request request,
        ControlTransaction tx,
        IInvitationStore invitations,
        InvitationLinks links,
        CancellationToken ct)
    {
        var rules = new RuleCheck();
        var role = rules.Role("role", request.Role);
        if (request.MaxUses is not (>= 1 and <= UsesMax))
            rules.Break("maxUses", request.MaxUses is null ? "required" : "range", $"Must be from 1 to {UsesMax}.");
        if (request.ExpiresAt is not { } expiresAt)
            rules.Break("expiresAt", "required", "Must be given.");
        else if (expiresAt <= tx.Now)
            rules.Break("expiresAt", "in-the-past", "Must be in the future.");
        else if (expiresAt > tx.Now + LifetimeMax)
            rules.Break("expiresAt", "too-late", $"Is at most {LifetimeMax.Days} days ahead.");
        if ((rules.Refusal ?? MemberRules.ForGiving(caller, role)) is { } refusal)
            return Reply.Refused(refusal);

        var link = links.Make();
        var invitation = new NewInvitation(
            IdText.NewValue(), null, role, link.TokenHash, request.MaxUses!.Value, request.ExpiresAt!.Value);
        return Reply.Of(
            await invitations.CreateAsync(tx, t.Value, invitation, ct),
            created => Reply.Created(
                $"/api/v1/tenants/{Ids.Tenant(t.Value)}/invitations/{Ids.Invitation(created.Id)}",
                InvitationView.Of(created, tx.Now) with { Link = link.Text }));
    }
}
