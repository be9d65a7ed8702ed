using System.ComponentModel.DataAnnotations;
using FastEndpoints;
using FluentValidation;
using Sluice.Api.Management.Members;
using Sluice.Storage.Control.Invitations;

namespace Sluice.Api.Management.Invitations;

/// <summary><c>POST /api/v1/tenants/{t}/invitations/bulk</c></summary>
internal sealed class InviteByLink(UnitOfWork work, InvitationStore invitations, InvitationLinks links)
    : ManagementEndpoint<InviteByLinkRequest>
{
    public const int UsesMax = 10_000;

    private static readonly TimeSpan LifetimeMax = TimeSpan.FromDays(30);

    public override void Configure()
    {
        Post("/tenants/{t}/invitations/bulk");
        Group<InvitationsEndpoints>();
        Requires(Permission.ManageMembers);
        Transactional();
        Bounded();
        Describe("Create a link by which several people can join; it is shown once");
        Returns<InvitationResponse>(StatusCodes.Status201Created);
    }

    public override void OnBeforeValidate(InviteByLinkRequest request)
    {
        AddErrorIf(request.ExpiresAt <= work.Now, "expiresAt", "in-the-past", "Must be in the future.");
        AddErrorIf(
            request.ExpiresAt > work.Now + LifetimeMax,
            "expiresAt",
            "too-late",
            $"Is at most {LifetimeMax.Days} days ahead.");
    }

    public override async Task<ApiResult> ExecuteAsync(InviteByLinkRequest request, CancellationToken ct)
    {
        var role = MemberRules.RoleOf(request.Role);
        if (MemberRules.ForGiving(Caller, role) is { } error)
            return ApiResult.Failure(error);

        var link = links.Make();
        var invitation = new NewInvitation(
            IdText.NewValue(), null, role, link.TokenHash, request.MaxUses!.Value, request.ExpiresAt!.Value);
        return ApiResult.Of(
            await invitations.CreateAsync(work, TenantId, invitation, ct),
            created => ApiResult.Created(
                $"/api/v1/tenants/{Ids.Tenant(TenantId)}/invitations/{Ids.Invitation(created.Id)}",
                InvitationResponse.Of(created, work.Now) with { Link = link.Text }));
    }
}

/// <param name="Role">The role in the tenant of members who accept it.</param>
/// <param name="MaxUses">How many people can join with it, 1 to 10,000.</param>
/// <param name="ExpiresAt">
/// The first instant at which it can no longer be accepted, in the future and at most 30 days ahead.
/// </param>
internal sealed record InviteByLinkRequest(
    [AllowedValues(MemberRules.Administrator, "member")] string? Role,
    int? MaxUses,
    DateTimeOffset? ExpiresAt);

internal sealed class InviteByLinkRequestValidator : Validator<InviteByLinkRequest>
{
    public InviteByLinkRequestValidator()
    {
        RuleFor(static r => r.Role).Follows(MemberRules.Role);
        RuleFor(static r => r.MaxUses).Follows(static uses => uses is >= 1 and <= InviteByLink.UsesMax
            ? null
            : new(uses is null ? "required" : "range", $"Must be from 1 to {InviteByLink.UsesMax}."));
        RuleFor(static r => r.ExpiresAt).Follows(FieldRules.Required<DateTimeOffset?>());
    }
}
