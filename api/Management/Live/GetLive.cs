using Sluice.Api.Management.Usage;
using Sluice.Storage.Control.Tenants;

namespace Sluice.Api.Management.Live;

/// <summary><c>GET /api/v1/tenants/{t}/live</c></summary>
internal sealed class GetLive(TenantStore tenants, LiveHub hub, LiveRights rights, TimeProvider time)
    : ManagementEndpoint
{
    public override void Configure()
    {
        Get("/tenants/{t}/live");
        Group<UsageEndpoints>();
        Requires(Permission.ReadUsage);
        Bounded();
        Describe("Follow live usage, holds and states: a snapshot, then what changes, at most once a second");
        Returns<GetStateItem>(StatusCodes.Status200OK, LiveStream.ContentType);
    }

    protected override async Task<ApiResult> ExecuteAsync(CancellationToken ct)
    {
        if (await tenants.FindAsync(TenantId, ct) is null)
            return ApiResult.NotFound("tenant");
        var sight = await rights.SightOfAsync(Caller, TenantId, ct);
        if (hub.Join(TenantId).IsError(out var full, out var listener))
            return ApiResult.Failure(full);
        HttpContext.Response.RegisterForDispose(listener);
        // Before the answer begins, so that a failure can still be answered as one.
        return await listener.Feed.FirstAsync(ct) is null
            ? ApiResult.NotFound("tenant")
            : ApiResult.Other(new LiveStream(listener, rights, Caller, sight, time));
    }
}
