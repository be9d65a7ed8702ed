using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Auth;
using Sluice.Api.Management.Tenants;
using Sluice.Api.Wire;
using Sluice.Metering.Identity;
using Sluice.Storage.Control;
using Sluice.Storage.Members;

namespace Sluice.Api.Management.Members;

/// <summary><c>POST /api/v1/tenants/{t}/members</c></summary>
internal static class CreateMember
{
    internal sealed record Request(string? UserName, string? Email, string? Role);

    /// <param name="OneTimePassword">Shown this once, to be changed at the first sign-in.</param>
    internal sealed record Response(
        string Id, string UserName, string Email, TenantRole Role, DateTimeOffset CreatedAt, string OneTimePassword);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/v1/tenants/{t}/members", HandleAsync)
        .Needs(Permission.ManageMembers)
        .AsAction()
        .Describe("CreateMember", "Adds a member with a one-time password, which is shown this once")
        .Produces<Response>(StatusCodes.Status201Created);

    private static async Task<Reply> HandleAsync(
        TenantId t,
        Caller caller,
        Request request,
        ControlTransaction tx,
        IMemberStore members,
        Passwords passwords,
        CancellationToken ct)
    {
        var rules = new RuleCheck();
        var userName = rules.UserName("userName", request.UserName);
        var email = rules.Email("email", request.Email);
        var role = rules.Role("role", request.Role);
        if ((rules.Refusal ?? MemberRules.ForGiving(caller, role)) is { } refusal)
            return Reply.Refused(refusal);

        var password = await OneTimePassword.MakeAsync(passwords, ct);
        var member = new NewMember(IdText.NewValue(), userName, email, role, password.Hash, MustChangePassword: true);
        return Reply.Of(
            await members.CreateAsync(tx, t.Value, member, ct),
            created => Reply.Created(
                $"/api/v1/tenants/{Ids.Tenant(t.Value)}/members/{Ids.Member(created.Id)}",
                new Response(
                    Ids.Member(created.Id),
                    created.UserName,
                    created.Email,
                    created.Role,
                    created.CreatedAt,
                    password.Text)));
    }
}
