using FastEndpoints;
using FluentValidation;
using Sluice.Api.Auth;
using Sluice.Api.Management.Account;
using Sluice.Storage.Control.Members;

namespace Sluice.Api.Management.Invitations;

/// <summary><c>POST /api/v1/invitations/accept</c></summary>
internal sealed class AcceptInvitation(InvitationAcceptance acceptance) : ManagementEndpoint<AcceptInvitationRequest>
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

    public override async Task<ApiResult> ExecuteAsync(AcceptInvitationRequest request, CancellationToken ct) =>
        ApiResult.Of(
            await acceptance.AcceptAsync(request, HttpContext.Connection.RemoteIpAddress?.ToString(), ct),
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
