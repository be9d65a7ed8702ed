using Sluice.Api.Management.Keys;
using Sluice.Storage.Control.Keys;

namespace Sluice.Api.Management.Seats;

/// <summary><c>GET /api/v1/tenants/{t}/seats/{s}/key</c></summary>
internal sealed class GetSeatKey(HeldKeys keys) : ManagementEndpoint
{
    public override void Configure()
    {
        Get("/seats/{s}/key");
        Group<SeatsEndpoints>();
        Requires(Permission.ManageSeats);
        Describe("Get a seat's key, without its secret");
        Returns<KeyResponse>();
    }

    protected override Task<ApiResult> ExecuteAsync(CancellationToken ct) =>
        keys.ShowAsync(HeldKey.OfSeat(TenantId, RouteId("s", IdText.Seat)), ct);
}
