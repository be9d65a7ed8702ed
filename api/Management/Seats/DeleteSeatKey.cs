using Sluice.Api.Management.Keys;
using Sluice.Storage.Control.Keys;

namespace Sluice.Api.Management.Seats;

/// <summary><c>DELETE /api/v1/tenants/{t}/seats/{s}/key</c></summary>
internal sealed class DeleteSeatKey(HeldKeys keys) : ManagementEndpoint
{
    public override void Configure()
    {
        Delete("/seats/{s}/key");
        Group<SeatsEndpoints>();
        Requires(Permission.ManageSeats);
        Transactional();
        Describe("Delete a seat's key; it no longer works when this returns");
        Returns(StatusCodes.Status204NoContent);
    }

    protected override Task<ApiResult> ExecuteAsync(CancellationToken ct) =>
        keys.DeleteAsync(HeldKey.OfSeat(TenantId, RouteId("s", IdText.Seat)), ct);
}
