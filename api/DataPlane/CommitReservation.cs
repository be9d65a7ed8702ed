using Sluice.Engine.Events;
using Sluice.Engine.Keys;
using Sluice.Engine.Usage;
using Sluice.Storage.Ledger.Ids;

namespace Sluice.Api.DataPlane;

/// <summary>
/// <c>POST /v1/reservations/{id}/commit</c>: ends a reservation with the actual usage. What was begun may end, so a
/// secret that has stopped working may still commit what was reserved with it, and a gateway commits for any key.
/// </summary>
internal static class CommitReservation
{
    /// <summary>Maximum attempts to commit with a key that changes at the same time.</summary>
    private const int AttemptsMax = 5;

    public static void Map(IEndpointRouteBuilder routes, DataPlaneHost host) => routes
        .MapDataPlane("POST", "/v1/reservations/{id}/commit", http => HandleAsync(http, host))
        .Describe("CommitReservation", "Commit a reservation with what was really used; no limit refuses it")
        .Takes<Schemas.Commit>("application/json")
        .Produces<Schemas.UsageAnswer>()
        .ProducesUsageProblems()
        .SendsRateLimit();

    private static async Task HandleAsync(HttpContext http, DataPlaneHost host)
    {
        if (await ReservationKey.OfBodyAsync(http, host, UsageFields.Commit, mayHaveEnded: true) is not { } sent)
            return;
        var id = DataPlaneRoutes.ReservationIdOf(http);
        if (!EventIds.IsValid(id))
        {
            await DataPlaneRoutes.SendNoReservationAsync(http);
            return;
        }

        sent.Body.Content.Id = id;
        await CommitAsync(http, host, sent.Holder.ByGateway ? sent.Holder : null, sent.Body.Content);
    }

    /// <summary>
    /// Commits. The secret is recognised again now that the body has been received: the sender decides how long that
    /// takes, and a secret that has stopped working in the meantime may commit only what is held.
    /// </summary>
    private static async Task CommitAsync(
        HttpContext http, DataPlaneHost host, SecretHolder? gateway, UsageContent content)
    {
        for (var attempt = 0; attempt < AttemptsMax; attempt++)
        {
            if ((gateway ?? await host.AuthenticateHolderAsync(http)) is not { } holder)
                return;
            var usage = await host.Meter.CommitAsync(holder, content, http.RequestAborted);
            if (usage is { Verdict: UsageVerdict.KeyRevoked } && !holder.OutlivesKey)
            {
                // The key changed after the secret was recognised; the secret may still work, or may still commit.
                usage.Release();
                continue;
            }

            await SendAsync(http, host, usage);
            return;
        }

        await DataPlaneHost.SendUnavailableAsync(http);
    }

    private static async Task SendAsync(HttpContext http, DataPlaneHost host, UsageEvent? usage)
    {
        if (usage is null)
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
