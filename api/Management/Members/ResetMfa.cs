using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Wire;
using Sluice.Storage.Control;
using Sluice.Storage.Members;

namespace Sluice.Api.Management.Members;

/// <summary><c>POST /api/v1/tenants/{t}/members/{m}/reset-mfa</c></summary>
internal static class ResetMfa
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/v1/tenants/{t}/members/{m}/reset-mfa", HandleAsync)
        .Needs(Permission.ManageMembers)
        .AsAction()
        .Describe("ResetMfa", "Removes a lost second factor and its recovery codes, and ends the member's sessions")
        .Produces(StatusCodes.Status204NoContent);

    private static async Task<Reply> HandleAsync(
        TenantId t, MemberId m, Caller caller, ControlTransaction tx, IMemberStore members, CancellationToken ct)
    {
        if (await members.LockAsync(tx, t.Value, m.Value, ct) is not { RemovedAt: null } member)
            return Reply.NotFound("member");
        // Or a session that somebody found open would be enough to be rid of it.
        if (member.Id == caller.MemberId)
        {
            return Reply.Refused(new Refusal.Forbidden(
                "One's own second factor takes a code of it: POST /api/v1/me/mfa/disable."));
        }

        if (MemberRules.ForGiving(caller, member.Role) is { } refusal)
            return Reply.Refused(refusal);
        await members.ResetSecondFactorAsync(tx, member, ct);
        return Reply.NoContent();
    }
}
