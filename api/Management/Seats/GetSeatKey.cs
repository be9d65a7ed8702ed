using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Management.Keys;
using Sluice.Api.Wire;
using Sluice.Storage.Keys;

namespace Sluice.Api.Management.Seats;

/// <summary><c>GET /api/v1/tenants/{t}/seats/{s}/key</c></summary>
internal static class GetSeatKey
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapGet("/api/v1/tenants/{t}/seats/{s}/key", HandleAsync)
        .Needs(Permission.ManageSeats)
        .Describe("GetSeatKey", "Shows a seat's key, without its secret")
        .Produces<KeyView>();

    private static Task<Reply> HandleAsync(TenantId t, SeatId s, HeldKeys keys, CancellationToken ct) =>
        keys.ShowAsync(HeldKey.OfSeat(t.Value, s.Value), ct);
}
