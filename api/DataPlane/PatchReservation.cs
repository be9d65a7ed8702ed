using Sluice.Engine.Events;
using Sluice.Engine.Keys;
using Sluice.Engine.Usage;
using Sluice.Storage.Ledger.Ids;

namespace Sluice.Api.DataPlane;

/// <summary>
/// <c>PATCH /v1/reservations/{id}</c>: prolongs a reservation whose work takes longer than was thought.
/// </summary>
internal static class PatchReservation
{
    /// <summary>Maximum attempts to prolong with a key that changes at the same time.</summary>
    private const int AttemptsMax = 5;

    public static void Map(IEndpointRouteBuilder routes, DataPlaneHost host) => routes
        .MapDataPlane("PATCH", "/v1/reservations/{id}", http => HandleAsync(http, host))
        .Describe("ProlongReservation", "Prolong a reservation that is open, at most 24 times; it never ends sooner")
        .Takes<Schemas.Prolongation>("application/json")
        .Produces<Schemas.ReservationState>()
        .ProducesProblems(400, 401, 404, 409, 413, 415, 422, 503);

    private static async Task HandleAsync(HttpContext http, DataPlaneHost host)
    {
        // Ending what was begun is for any secret that worked then; keeping it is for one that works.
        if (await ReservationKey.OfBodyAsync(http, host, UsageFields.Prolongation, mayHaveEnded: false) is not { } sent)
            return;
        var id = DataPlaneRoutes.ReservationIdOf(http);
        if (!EventIds.IsValid(id))
        {
            await DataPlaneRoutes.SendNoReservationAsync(http);
            return;
        }

        var ttl = sent.Body.Content.TtlSeconds == 0 ? Meter.TtlDefaultSeconds : sent.Body.Content.TtlSeconds;
        await ProlongAsync(http, host, sent.Body.KeyId, id, ttl);
    }

    /// <summary>Prolongs, with the key as it is once the body has been received.</summary>
    private static async Task ProlongAsync(
        HttpContext http, DataPlaneHost host, string? keyOfGateway, string id, int ttlSeconds)
    {
        for (var attempt = 0; attempt < AttemptsMax; attempt++)
        {
            var holder = keyOfGateway is null
                ? await ReservationKey.OfLivingAsync(http, host)
                : await ReservationKey.FindAsync(host, null, keyOfGateway, []);
            if (holder is not { Key: var key })
                return;
            if (keyOfGateway is not null && await host.Keys.FindAsync(key.KeyId) is null)
            {
                await DataPlaneHost.SendProblemAsync(
                    http, 409, DataPlaneProblems.ReservationEnded, "The reservation can't be prolonged.",
                    "Its key has ended. What was used can still be committed.");
                return;
            }

            var usage = await host.Meter.ProlongAsync(key, id, ttlSeconds, http.RequestAborted);
            if (usage.Verdict == UsageVerdict.KeyRevoked)
            {
                // The key has changed since it was found; it may still work.
                usage.Release();
                continue;
            }

            await SendAsync(http, host, key, id, usage);
            return;
        }

        await DataPlaneHost.SendUnavailableAsync(http);
    }

    private static async Task SendAsync(
        HttpContext http, DataPlaneHost host, CachedKey key, string id, UsageEvent usage)
    {
        if (usage.Verdict != UsageVerdict.Allowed
            || await host.Meter.ReadReservationAsync(key, id, http.RequestAborted) is not { } reading)
        {
            await host.SendAsync(http, usage, static (w, u, m) => w.Answer(u, m));
            return;
        }

        usage.Release();
        var writer = UsageWriter.Rent();
        ReservationWriter.Write(writer, reading, host.Meter.Metrics);
        await DataPlaneHost.SendAsync(http, StatusCodes.Status200OK, writer);
    }
}
