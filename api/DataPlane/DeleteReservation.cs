using Sluice.Engine.Events;
using Sluice.Storage.Ledger.Ids;

namespace Sluice.Api.DataPlane;

/// <summary>
/// <c>DELETE /v1/reservations/{id}</c>: ends a reservation without usage. A gateway names the key in the query.
/// </summary>
internal static class DeleteReservation
{
    public static void Map(IEndpointRouteBuilder routes, DataPlaneHost host) => routes
        .MapDataPlane("DELETE", "/v1/reservations/{id}", http => HandleAsync(http, host))
        .Describe("ReleaseReservation", "Release a reservation without usage")
        .Produces(204)
        .ProducesProblems(401, 404, 409, 422, 503)
        .WithMetadata(KeyOfGatewayMetadata.Instance);

    private static async Task HandleAsync(HttpContext http, DataPlaneHost host)
    {
        if (await ReservationKey.OfQueryAsync(http, host, mayHaveEnded: true) is not { } holder)
            return;
        var id = DataPlaneRoutes.ReservationIdOf(http);
        if (!EventIds.IsValid(id))
        {
            await DataPlaneRoutes.SendNoReservationAsync(http);
            return;
        }

        var usage = await host.Meter.ReleaseAsync(holder, id, http.RequestAborted);
        if (usage.Verdict != UsageVerdict.Allowed)
        {
            await host.SendAsync(http, usage, static (w, u, m) => w.Answer(u, m));
            return;
        }

        usage.Release();
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
