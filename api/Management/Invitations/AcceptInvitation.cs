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

    protected override Task<Error?> PrepareAsync(AcceptInvitationRequest request, CancellationToken ct) =>
        acceptance.PrepareAsync(request, ct);
}

/// <param name="Token">The token in the invitation's link.</param>
/// <param name="UserName">
/// The user name: letters, digits and <c>_</c>, not beginning with a digit, at most 64 characters; unique in the
/// tenant, ignoring case.
/// </param>
/// <param name="Password">
/// The password, 10 to 128 characters, at least 5 of them different, without a user name of more than 3 characters.
/// </param>
/// <param name="Email">
/// The member's address, for a shared link; none if omitted. With an invitation by mail it may only be the invited
/// address.
/// </param>
internal sealed record AcceptInvitationRequest(string? Token, string? UserName, string? Password, string? Email = null);

/// <param name="Id">The member's id, such as <c>m0000000001a</c>.</param>
/// <param name="TenantId">The tenant's id, such as <c>t0000000001a</c>; it is needed for signing in.</param>
/// <param name="UserName">The member's user name.</param>
/// <param name="Email">The member's address; null without one.</param>
/// <param name="Role">The member's role in the tenant.</param>
/// <param name="CreatedAt">When it was created, in UTC.</param>
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
