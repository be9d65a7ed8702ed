using Sluice.Engine.Events;
using Sluice.Storage.Ledger.Ids;

namespace Sluice.Api.DataPlane;

/// <summary>
/// <c>GET /v1/reservations/{id}</c>: what a reservation holds, until when, and how it ended. A gateway names the key in
/// the query.
/// </summary>
internal static class GetReservation
{
    public static void Map(IEndpointRouteBuilder routes, DataPlaneHost host) => routes
        .MapDataPlane("GET", "/v1/reservations/{id}", http => HandleAsync(http, host))
        .Describe("GetReservation", "Get a reservation: what it holds, until when, and how it ended")
        .Produces<Schemas.ReservationState>()
        .ProducesProblems(401, 404, 422, 503)
        .WithMetadata(KeyOfGatewayMetadata.Instance);

    private static async Task HandleAsync(HttpContext http, DataPlaneHost host)
    {
        if (await ReservationKey.OfQueryAsync(http, host, mayHaveEnded: false) is not { } holder)
            return;
        var id = DataPlaneRoutes.ReservationIdOf(http);
        var reading = EventIds.IsValid(id)
            ? await host.Meter.ReadReservationAsync(holder.Key, id, http.RequestAborted)
            : null;
        if (reading is null)
        {
            await DataPlaneRoutes.SendNoReservationAsync(http);
            return;
        }

        var writer = UsageWriter.Rent();
        ReservationWriter.Write(writer, reading, host.Meter.Metrics);
        await DataPlaneHost.SendAsync(http, StatusCodes.Status200OK, writer);
    }
}
