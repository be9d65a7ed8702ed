using Sluice.Engine.Events;
using Sluice.Engine.Usage;


namespace Sluice.Api.DataPlane;

/// <summary><c>POST /v1/reservations/{id}/commit</c>: ends a reservation with the actual usage.</summary>
internal static class CommitReservation
{
    public static void Map(IEndpointRouteBuilder routes, DataPlaneHost host) => routes
        .MapDataPlane("POST", "/v1/reservations/{id}/commit", http => HandleAsync(http, host))
        .Describe("CommitReservation", "Commit a reservation with what was really used; no limit refuses it")
        .Takes<Schemas.Commit>("application/json")
        .Produces<Schemas.UsageAnswer>()
        .ProducesUsageProblems()
        .SendsRateLimit();

    private static async Task HandleAsync(HttpContext http, DataPlaneHost host)
    {
        if (await host.AuthenticateAsync(http) is not { } key)
            return;
        var id = DataPlaneRoutes.ReservationIdOf(http);
        if (await UsageBody.TakeAsync(http) is not { } body)
            return;
        var reader = new UsageReader(host.Meter);
        reader.Read(body, UsageFields.Commit);
        DataPlaneHost.Done(http, body);
        if (reader.Faults.Count > 0)
        {
            await DataPlaneHost.SendFaultsAsync(http, reader.Faults);
            return;
        }

        if (!EventIds.IsValid(id))
        {
            await DataPlaneRoutes.SendNoReservationAsync(http);
            return;
        }

        reader.Content.Id = id;
        if (await host.Meter.CommitAsync(key, reader.Content, http.RequestAborted) is not { } usage)
            await DataPlaneHost.SendFaultsAsync(http, [UsageBody.TooLarge]);
        else
            await host.SendAsync(http, usage, static (w, u, m) => w.Answer(u, m));
    }
}
