using Sluice.Engine.Events;
using Sluice.Engine.Usage;
using Sluice.Storage.Ledger.Entries;

namespace Sluice.Api.DataPlane;

/// <summary><c>POST /v1/reservations</c>: holds an estimate while a model runs.</summary>
internal static class PostReservation
{
    public static void Map(IEndpointRouteBuilder routes, DataPlaneHost host) => routes
        .MapDataPlane("POST", "/v1/reservations", http => HandleAsync(http, host))
        .Describe("Reserve", "Hold an estimate until it is committed, released or expires")
        .Takes<Schemas.Reservation>("application/json")
        .Produces<Schemas.ReservationAnswer>(201)
        .ProducesUsageProblems()
        .TakesIdempotencyKey()
        .SendsRateLimit();

    private static async Task HandleAsync(HttpContext http, DataPlaneHost host)
    {
        if (await host.AuthenticateAsync(http) is not { } key)
            return;
        if (await UsageBody.TakeAsync(http) is not { } body)
            return;
        var read = UsageBody.Read(http, host.Meter, body, UsageFields.Reservation);
        UsageBody.TakeIdempotencyKey(http, read);
        if (read.Content.Id is "." or "..")
            read.Faults.Add(new BodyFault("id", "Must not be . or .., which no address can have.", true));
        if (read.Content.Quantities is { Count: > 0 } quantities
            && quantities.TrueForAll(static quantity => quantity.Units == 0)
            && quantities.Exists(static quantity => quantity.Metric == MetricId.Requests))
            read.Faults.Add(new BodyFault("metrics", "Must hold something; all of them are 0.", true));
        var ttl = read.Content.TtlSeconds == 0 ? Meter.TtlDefaultSeconds : read.Content.TtlSeconds;
        if (UsageBody.Make(host.Meter, key, read, EntryKind.Reserve) is not { } usage)
        {
            await DataPlaneHost.SendFaultsAsync(http, read.Faults);
            return;
        }

        await host.Meter.ReserveAsync(usage, ttl);
        if (usage.Verdict == UsageVerdict.Allowed)
            http.Response.Headers.Location = $"/v1/reservations/{Uri.EscapeDataString(usage.Entry.EventId)}";
        await host.SendAsync(http, usage, static (w, u, m) => w.Reservation(u, m), 201);
    }
}
