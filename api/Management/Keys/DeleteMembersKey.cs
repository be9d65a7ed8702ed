using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Management.Members;
using Sluice.Api.Wire;
using Sluice.Storage.Control;
using Sluice.Storage.Keys;
using Sluice.Storage.Members;

namespace Sluice.Api.Management.Keys;

/// <summary><c>DELETE /api/v1/tenants/{t}/members/{m}/personal-key</c></summary>
internal static class DeleteMembersKey
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapDelete("/api/v1/tenants/{t}/members/{m}/personal-key", HandleAsync)
        .Needs(Permission.ManageMembers)
        .AsAction()
        .Describe("DeleteMembersKey", "Deletes a member's personal key; it is dead when this returns")
        .Produces(StatusCodes.Status204NoContent);

    private static async Task<Reply> HandleAsync(
        TenantId t,
        MemberId m,
        Caller caller,
        ControlTransaction tx,
        IMemberStore members,
        HeldKeys keys,
        CancellationToken ct)
    {
        if (await members.LockAsync(tx, t.Value, m.Value, ct) is not { } member)
            return Reply.NotFound("member");
        // An administrator does not touch another one, nor the owner.
        if (member.Id != caller.MemberId && MemberRules.ForGiving(caller, member.Role) is { } refusal)
            return Reply.Refused(refusal);
        return await keys.DeleteAsync(HeldKey.Personal(t.Value, m.Value), ct);
    }
}
