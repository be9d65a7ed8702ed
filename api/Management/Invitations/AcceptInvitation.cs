using FastEndpoints;
using FluentValidation;
using Sluice.Api.Actions;
using Sluice.Api.Auth;
using Sluice.Api.Endpoints;
using Sluice.Api.Management.Account;
using Sluice.Api.Management.Tenants;
using Sluice.Api.Validation;
using Sluice.Api.Wire;
using Sluice.Metering.Identity;
using Sluice.Storage.Control;
using Sluice.Storage.Control.Invitations;
using Sluice.Storage.Control.Members;

namespace Sluice.Api.Management.Invitations;

/// <summary><c>POST /api/v1/invitations/accept</c></summary>
internal sealed class AcceptInvitation(UnitOfWork work, InvitationStore invitations, Passwords passwords)
    : ManagementEndpoint<AcceptInvitationRequest>
{
    public override void Configure()
    {
        Post("/invitations/accept");
        Group<InvitationsEndpoints>();
        AllowAnonymous();
        Options(static route => route.RequireRateLimiting(SignInLimiter.Policy));
        Transactional();
        Describe("Accept an invitation by the token in its link, and become a member");
        Returns<AcceptInvitationResponse>(StatusCodes.Status201Created);
        Description(static route => route
            .ProducesProblem(StatusCodes.Status429TooManyRequests));
    }

    public override async Task<ApiResult> ExecuteAsync(AcceptInvitationRequest request, CancellationToken ct)
    {
        // The response does not reveal why a token is invalid: never issued, expired, used and revoked look the same.
        var hash = SecretText.HashOf(request.Token!);
        if (await invitations.FindOpenAsync(hash, ct) is not { } invitation)
            return ApiResult.NotFound("invitation");
        if (WhyNotFor(invitation, request.Email) is { } error)
            return ApiResult.Failure(error);

        var member = new NewMember(
            IdText.NewValue(),
            request.UserName!,
            invitation.Email ?? request.Email,
            invitation.Role,
            await passwords.HashAsync(request.Password!, ct),
            MustChangePassword: false);
        work.Origin = new(Ids.Member(member.Id), HttpContext.Connection.RemoteIpAddress?.ToString());
        return ApiResult.Of(
            await invitations.AcceptAsync(work, invitation, hash, member, ct),
            static made => ApiResult.Created(
                $"/api/v1/tenants/{Ids.Tenant(made.TenantId)}/members/{Ids.Member(made.Id)}",
                new AcceptInvitationResponse(
                    Ids.Member(made.Id),
                    Ids.Tenant(made.TenantId),
                    made.UserName,
                    made.Email,
                    made.Role,
                    made.CreatedAt)));
    }

    private static Error? WhyNotFor(Invitation invitation, string? email)
    {
        return invitation.Email is { } invited && email is not null
            && !string.Equals(invited, email, StringComparison.OrdinalIgnoreCase)
            ? new Error.RulesBroken("email", "other-address", "The invitation is for another address.")
            : null;
    }
}

/// <param name="Token">The token from the link.</param>
/// <param name="Email">
/// An address, which is optional, for a shared link; an invitation by mail is for the address it was sent to.
/// </param>
internal sealed record AcceptInvitationRequest(string? Token, string? UserName, string? Password, string? Email);

/// <param name="TenantId">The tenant's id, which signing in requires besides user name and password.</param>
internal sealed record AcceptInvitationResponse(
    string Id, string TenantId, string UserName, string? Email, TenantRole Role, DateTimeOffset CreatedAt);

internal sealed class AcceptInvitationRequestValidator : Validator<AcceptInvitationRequest>
{
    public AcceptInvitationRequestValidator()
    {
        RuleFor(static r => r.Token).Follows(FieldRules.Compared);
        RuleFor(static r => r.UserName).Follows(FieldRules.UserName);
        RuleFor(static r => r.Password).Custom(static (password, context) =>
        {
            if (Passwords.Check(password, context.InstanceToValidate.UserName ?? "") is { } broken)
                context.AddFailure(broken.AsFailureOf(context.PropertyPath));
        });
        RuleFor(static r => r.Email).Follows(FieldRules.Email).When(static r => r.Email is not null);
    }
}
