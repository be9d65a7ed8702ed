using Sluice.Engine.Events;
using Sluice.Engine.Keys;
using Sluice.Engine.Usage;

namespace Sluice.Api.DataPlane;

/// <summary>
/// <c>POST /v1/reservations/{id}/commit</c>: ends a reservation with the actual usage. What was begun may end, so a
/// secret that has stopped working may still commit what was reserved with it, and a gateway commits for any key.
/// </summary>
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
        var gateway = host.IsGateway(http);
        var holder = gateway ? null : await host.AuthenticateHolderAsync(http);
        if (!gateway && holder is null)
            return;
        var id = DataPlaneRoutes.ReservationIdOf(http);
        if (await UsageBody.TakeAsync(http) is not { } body)
            return;
        var reader = new UsageReader(host.Meter);
        reader.Read(body.Bytes, UsageFields.Commit);
        body.Release(http);
        if (reader.Faults.TrueForAll(static fault => fault.IsRule))
            holder = await ReservationKey.FindAsync(host, holder, reader.KeyId, reader.Faults);
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
        if (await host.Meter.CommitAsync(holder!.Value, reader.Content, http.RequestAborted) is not { } usage)
            await DataPlaneHost.SendFaultsAsync(http, [UsageBody.TooLarge]);
        else if (usage.Verdict == UsageVerdict.BeyondHold)
            await SendBeyondHoldAsync(http, host.Meter.Metrics, usage);
        else
            await host.SendAsync(http, usage, static (w, u, m) => w.Answer(u, m));
    }

    private static async Task SendBeyondHoldAsync(HttpContext http, MetricCatalogue metrics, UsageEvent usage)
    {
        var metric = metrics[usage.BeyondHold.Metric];
        var held = ScaledNumber.Format(usage.BeyondHold.Units, metric.Decimals);
        usage.Release();
        await DataPlaneHost.SendFaultsAsync(
            http,
            [
                new BodyFault(
                    $"metrics.{metric.Name}",
                    $"May be at most {held}, which is what the reservation holds, because this secret no longer works. "
                    + "Nothing was counted; the gateway's token can count more.",
                    IsRule: true),
            ]);
    }
}
