using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Auth;
using Sluice.Api.Wire;
using Sluice.Storage.Control;
using Sluice.Storage.Members;

namespace Sluice.Api.Management.Members;

/// <summary><c>POST /api/v1/tenants/{t}/members/{m}/reset-password</c></summary>
internal static class ResetPassword
{
    /// <param name="OneTimePassword">Shown this once, to be changed at the next sign-in.</param>
    internal sealed record Response(string Id, string OneTimePassword);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/v1/tenants/{t}/members/{m}/reset-password", HandleAsync)
        .Needs(Permission.ManageMembers)
        .AsAction()
        .Describe("ResetPassword", "Gives a member a one-time password, and ends all sessions and access tokens")
        .Produces<Response>();

    private static async Task<Reply> HandleAsync(
        TenantId t,
        MemberId m,
        Caller caller,
        ControlTransaction tx,
        IMemberStore members,
        Passwords passwords,
        CancellationToken ct)
    {
        // Before the tenant's turn is taken: hashing takes its time.
        var password = await OneTimePassword.MakeAsync(passwords, ct);
        if (await members.LockAsync(tx, t.Value, m.Value, ct) is not { RemovedAt: null } member)
            return Reply.NotFound("member");
        // Whoever sets a password can sign in as its member.
        if (MemberRules.ForGiving(caller, member.Role) is { } refusal)
            return Reply.Refused(refusal);
        await members.ResetPasswordAsync(tx, member, password.Hash, ct);
        return Reply.Ok(new Response(Ids.Member(member.Id), password.Text));
    }
}
