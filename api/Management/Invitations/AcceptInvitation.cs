using Sluice.Api.Actions;
using Sluice.Api.Auth;
using Sluice.Api.Management.Account;
using Sluice.Api.Management.Tenants;
using Sluice.Api.Wire;
using Sluice.Metering.Identity;
using Sluice.Storage.Control;
using Sluice.Storage.Invitations;
using Sluice.Storage.Members;

namespace Sluice.Api.Management.Invitations;

/// <summary><c>POST /api/v1/invitations/accept</c></summary>
internal static class AcceptInvitation
{
    /// <param name="Token">From the link.</param>
    /// <param name="Email">With a shared link; an invitation by mail is for the address it went to.</param>
    internal sealed record Request(string? Token, string? UserName, string? Password, string? Email);

    /// <param name="TenantId">What signing in asks for, beside user name and password.</param>
    internal sealed record Response(
        string Id, string TenantId, string UserName, string Email, TenantRole Role, DateTimeOffset CreatedAt);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/v1/invitations/accept", HandleAsync)
        .AllowAnonymous()
        .RequireRateLimiting(SignInLimiter.Policy)
        .AsAction()
        .Describe("AcceptInvitation", "Makes whoever has the link of an invitation a member")
        .Produces<Response>(StatusCodes.Status201Created)
        .ProducesProblem(StatusCodes.Status429TooManyRequests);

    private static async Task<Reply> HandleAsync(
        Request request,
        HttpContext http,
        ControlTransaction tx,
        IInvitationStore invitations,
        Passwords passwords,
        CancellationToken ct)
    {
        var rules = new RuleCheck();
        rules.Given("token", request.Token);
        var userName = rules.UserName("userName", request.UserName);
        Passwords.Check(rules, "password", request.Password, userName);
        if (request.Email is not null)
            rules.Email("email", request.Email);
        if (rules.Refusal is { } broken)
            return Reply.Refused(broken);

        // What the token is no good for is not told: never made, expired, used, revoked, all the same.
        var hash = SecretText.HashOf(request.Token!);
        if (await invitations.FindOpenAsync(hash, ct) is not { } invitation)
            return Reply.NotFound("invitation");
        CheckAddress(rules, invitation, request.Email);
        if (rules.Refusal is { } refusal)
            return Reply.Refused(refusal);

        var member = new NewMember(
            IdText.NewValue(),
            userName,
            invitation.Email ?? request.Email!,
            invitation.Role,
            await passwords.HashAsync(request.Password!, ct),
            MustChangePassword: false);
        tx.Origin = new(Ids.Member(member.Id), http.Connection.RemoteIpAddress?.ToString());
        return Reply.Of(
            await invitations.AcceptAsync(tx, invitation, hash, member, ct),
            static made => Reply.Created(
                $"/api/v1/tenants/{Ids.Tenant(made.TenantId)}/members/{Ids.Member(made.Id)}",
                new Response(
                    Ids.Member(made.Id),
                    Ids.Tenant(made.TenantId),
                    made.UserName,
                    made.Email,
                    made.Role,
                    made.CreatedAt)));
    }

    private static void CheckAddress(RuleCheck rules, Invitation invitation, string? email)
    {
        if (invitation.Email is null && email is null)
            rules.Break("email", "required", "Must be given with a shared link.");
        else if (invitation.Email is { } invited && email is not null
            && !string.Equals(invited, email, StringComparison.OrdinalIgnoreCase))
        {
            rules.Break("email", "other-address", "The invitation is for another address.");
        }
    }
}
