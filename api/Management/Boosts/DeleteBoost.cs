using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Wire;
using Sluice.Metering.Identity;
using Sluice.Storage.Control;
using Sluice.Storage.Limits;

namespace Sluice.Api.Management.Boosts;

/// <summary><c>DELETE /api/v1/tenants/{t}/boosts/{b}</c></summary>
internal static class DeleteBoost
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapDelete("/api/v1/tenants/{t}/boosts/{b}", HandleAsync)
        .Needs(Permission.Boost)
        .AsAction()
        .Describe("DeleteBoost", "Ends a boost before its time; the limit is in force again when this returns")
        .Produces(StatusCodes.Status204NoContent);

    private static async Task<Reply> HandleAsync(
        TenantId t,
        string b,
        Caller caller,
        ControlTransaction tx,
        BoostRights rights,
        IBoostStore boosts,
        CancellationToken ct)
    {
        if ((await boosts.LockAsync(tx, t.Value, Ids.Read(IdText.Boost, b), ct))
            .IsRefused(out var refusal, out var limit))
            return Reply.Refused(refusal);
        var scope = new ScopeId(limit.ScopeKind, limit.ScopeId);
        var denied = await rights.WhyNotAsync(caller, t.Value, scope, ct) ?? BoostRights.WhyNot(caller, limit.Source);
        if (denied is not null)
            return Reply.Refused(denied is Refusal.NotFound ? new Refusal.NotFound("boost") : denied);
        await boosts.SetAsync(tx, t.Value, limit, null, ct);
        return Reply.NoContent(ControlChange.Limits(scope));
    }
}
