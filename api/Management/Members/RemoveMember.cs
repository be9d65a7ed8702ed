using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Wire;
using Sluice.Storage.Control;
using Sluice.Storage.Members;

namespace Sluice.Api.Management.Members;

/// <summary><c>DELETE /api/v1/tenants/{t}/members/{m}</c></summary>
internal static class RemoveMember
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapDelete("/api/v1/tenants/{t}/members/{m}", HandleAsync)
        .Needs(Permission.ManageMembers)
        .AsAction()
        .Describe("RemoveMember", "Removes a member; personal key, seat key and sessions are dead when this returns")
        .Produces(StatusCodes.Status204NoContent);

    private static async Task<Reply> HandleAsync(
        TenantId t, MemberId m, Caller caller, ControlTransaction tx, IMemberStore members, CancellationToken ct)
    {
        if (await members.LockAsync(tx, t.Value, m.Value, ct) is not { } member)
            return Reply.NotFound("member");
        // Leaving is nobody else's business.
        var leaves = member.Id == caller.MemberId && member.Role != TenantRole.Owner;
        if (!leaves && MemberRules.ForTaking(caller, member) is { } refusal)
            return Reply.Refused(refusal);
        var keys = await members.RemoveAsync(tx, member, ct);
        return Reply.NoContent([.. keys.Select(ControlChange.Key)]);
    }
}
