using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Wire;
using Sluice.Storage.Control;
using Sluice.Storage.Members;

namespace Sluice.Api.Management.Members;

/// <summary><c>POST /api/v1/tenants/{t}/members/{m}/transfer-ownership</c></summary>
internal static class TransferOwnership
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/v1/tenants/{t}/members/{m}/transfer-ownership", HandleAsync)
        .Needs(Permission.TransferOwnership)
        .AsAction()
        .Describe("TransferOwnership", "Makes a member the owner; who was it becomes an administrator")
        .Produces<MemberView>();

    private static async Task<Reply> HandleAsync(
        TenantId t, MemberId m, Caller caller, ControlTransaction tx, IMemberStore members, CancellationToken ct)
    {
        if (await members.LockAsync(tx, t.Value, m.Value, ct) is not { RemovedAt: null } member)
            return Reply.NotFound("member");
        return Reply.Of(
            await members.TransferOwnershipAsync(tx, member, caller.IsOperator ? null : caller.MemberId, ct),
            static owner => Reply.Ok(MemberView.Of(owner)));
    }
}
