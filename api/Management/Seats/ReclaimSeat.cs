using Sluice.Storage.Control.Seats;

namespace Sluice.Api.Management.Seats;

/// <summary><c>POST /api/v1/tenants/{t}/seats/{s}/reclaim</c></summary>
internal sealed class ReclaimSeat(UnitOfWork work, SeatStore seats) : ManagementEndpoint
{
    public override void Configure()
    {
        Post("/seats/{s}/reclaim");
        Group<SeatsEndpoints>();
        Requires(Permission.ManageSeats);
        Transactional();
        Describe("Take a seat back; its key no longer works when this returns");
        Returns<SeatResponse>();
    }

    protected override async Task<ApiResult> ExecuteAsync(CancellationToken ct) =>
        ApiResult.Of(
            await seats.ReclaimAsync(work, TenantId, RouteId("s", IdText.Seat), ct),
            static change => ApiResult.Ok(
                SeatResponse.Of(change.Seat), [.. change.DeadKeys.Select(ControlChange.Key)]));
}
