using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Management.Keys;
using Sluice.Api.Wire;
using Sluice.Storage.Keys;

namespace Sluice.Api.Management.Seats;

/// <summary><c>DELETE /api/v1/tenants/{t}/seats/{s}/key</c></summary>
internal static class DeleteSeatKey
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapDelete("/api/v1/tenants/{t}/seats/{s}/key", HandleAsync)
        .Needs(Permission.ManageSeats)
        .AsAction()
        .Describe("DeleteSeatKey", "Deletes a seat's key; it is dead when this returns")
        .Produces(StatusCodes.Status204NoContent);

    private static Task<Reply> HandleAsync(TenantId t, SeatId s, HeldKeys keys, CancellationToken ct) =>
        keys.DeleteAsync(HeldKey.OfSeat(t.Value, s.Value), ct);
}
