using System.ComponentModel.DataAnnotations;
using FastEndpoints;
using FluentValidation;
using Sluice.Api.Management.Members;
using Sluice.Storage.Control.Invitations;
using Sluice.Storage.Control.Tenants;

namespace Sluice.Api.Management.Invitations;

/// <summary><c>POST /api/v1/tenants/{t}/invitations</c></summary>
internal sealed class InviteMember(
    UnitOfWork work,
    TenantStore tenants,
    InvitationStore invitations,
    InvitationLinks links)
    : ManagementEndpoint<InviteMemberRequest>
{
    public override void Configure()
    {
        Post("/tenants/{t}/invitations");
        Group<InvitationsEndpoints>();
        Requires(Permission.ManageMembers);
        Transactional();
        Bounded();
        Describe("Invite an address by mail; the link works once, for seven days");
        Returns<InvitationResponse>(StatusCodes.Status201Created);
    }

    public override async Task<ApiResult> ExecuteAsync(InviteMemberRequest request, CancellationToken ct)
    {
        var role = MemberRules.RoleOf(request.Role);
        if (MemberRules.ForGiving(Caller, role) is { } error)
            return ApiResult.Failure(error);
        if (await tenants.FindAsync(TenantId, ct) is not { } tenant)
            return ApiResult.NotFound("tenant");

        var link = links.Make();
        var invitation = new NewInvitation(
            IdText.NewValue(), request.Email, role, link.TokenHash, MaxUses: 1, work.Now + InvitationLinks.Lifetime);
        var outcome = await invitations.CreateAsync(work, tenant.Id, invitation, ct);
        if (outcome.IsError(out var conflict, out var created))
            return ApiResult.Failure(conflict);
        await links.SendAsync(work, tenant, created, Caller, link, ct);
        return ApiResult.Created(
            $"/api/v1/tenants/{Ids.Tenant(tenant.Id)}/invitations/{Ids.Invitation(created.Id)}",
            InvitationResponse.Of(created, work.Now) with { Link = link.Text });
    }
}

/// <param name="Email">The address to invite.</param>
/// <param name="Role">The role in the tenant of members who accept it.</param>
internal sealed record InviteMemberRequest(
    string? Email,
    [AllowedValues(MemberRules.Administrator, "member")] string? Role);

internal sealed class InviteMemberRequestValidator : Validator<InviteMemberRequest>
{
    public InviteMemberRequestValidator()
    {
        RuleFor(static r => r.Email).Follows(FieldRules.Email);
        RuleFor(static r => r.Role).Follows(MemberRules.Role);
    }
}
