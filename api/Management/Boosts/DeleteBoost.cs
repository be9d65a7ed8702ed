using Sluice.Api.Management.Limits;
using Sluice.Storage.Control.Limits;

namespace Sluice.Api.Management.Boosts;

/// <summary><c>DELETE /api/v1/tenants/{t}/boosts/{b}</c></summary>
internal sealed class DeleteBoost(UnitOfWork work, BoostRights rights, BoostStore boosts) : ManagementEndpoint
{
    public override void Configure()
    {
        Delete("/boosts/{b}");
        Group<LimitsEndpoints>();
        Requires(Permission.Boost);
        Transactional();
        Describe("End a boost early; the limit's own value is in force again when this returns");
        Returns(StatusCodes.Status204NoContent);
    }

    protected override async Task<ApiResult> ExecuteAsync(CancellationToken ct)
    {
        if ((await boosts.LockAsync(work, TenantId, Ids.Read(IdText.Boost, RouteText("b")), ct))
            .IsError(out var error, out var limit))
            return ApiResult.Failure(error);
        var scope = new ScopeId(limit.ScopeKind, limit.ScopeId);
        var denied = await rights.WhyNotAsync(Caller, TenantId, scope, ct) ?? BoostRights.WhyNot(Caller, limit.Source);
        if (denied is not null)
            return ApiResult.Failure(denied is Error.NotFound ? new Error.NotFound("boost") : denied);
        await boosts.SetAsync(work, TenantId, limit, null, ct);
        return ApiResult.NoContent(ControlChange.Limits(scope));
    }
}
