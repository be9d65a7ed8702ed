using Sluice.Api.Access;
using Sluice.Api.Actions;
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
        IHeldKeyStore keys,
        HeldKeys held,
        CancellationToken ct)
    {
        // An administrator does not touch another one, nor the owner.
        var role = await keys.RoleOfAsync(tx, t.Value, m.Value, ct);
        if (role is null)
            return Reply.NotFound("member");
        if (role != TenantRole.Member && m.Value != caller.MemberId && !caller.Has(Permission.ManageAdministrators))
            return Reply.Refused(new Refusal.Forbidden(AccessRules.MissingText(Permission.ManageAdministrators)));
        return await held.DeleteAsync(HeldKey.Personal(t.Value, m.Value), ct);
    }
}
