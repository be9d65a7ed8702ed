using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Npgsql;
using Sluice.Api.Problems;

namespace Sluice.Api.DataPlane;

/// <summary>
/// The data plane's endpoints. They run straight from routing and skip the middleware that only the management API
/// needs, because every step counts at tens of thousands of requests per second.
/// </summary>
internal static class DataPlaneRoutes
{
    /// <summary>Matches every content type in routing; the document does not show it.</summary>
    public const string AnyType = "*/*";

    private const string Tag = "Data plane";
    private const string ReservationsPath = "/v1/reservations/";

    public static void MapDataPlane(this IEndpointRouteBuilder routes)
    {
        var host = routes.ServiceProvider.GetRequiredService<DataPlaneHost>();
        PostUsage.Map(routes, host);
        PostCheck.Map(routes, host);
        PostBatch.Map(routes, host);
        PostReservation.Map(routes, host);
        GetReservation.Map(routes, host);
        PatchReservation.Map(routes, host);
        CommitReservation.Map(routes, host);
        DeleteReservation.Map(routes, host);
        GetLimits.Map(routes, host);
        PostEvents.Map(routes, host);
    }

    /// <summary>
    /// Returns the id in the path. The server does not decode an escaped slash, because it would end the segment, so it
    /// can't distinguish it from the text <c>%2F</c>; the raw target can.
    /// </summary>
    public static string ReservationIdOf(HttpContext http)
    {
        var id = (string)http.Request.RouteValues["id"]!;
        if (!id.Contains('%', StringComparison.Ordinal))
            return id;
        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var found = target.IndexOf(ReservationsPath, StringComparison.OrdinalIgnoreCase);
        if (found < 0)
            return id;
        var rest = target.AsSpan(found + ReservationsPath.Length);
        var end = rest.IndexOfAny('/', '?');
        return Uri.UnescapeDataString(end < 0 ? rest : rest[..end]);
    }

    public static ValueTask<System.IO.Pipelines.FlushResult> SendNoReservationAsync(HttpContext http) =>
        DataPlaneHost.SendProblemAsync(
            http, 404, ProblemTypes.NotFound, "Not found.", "There is no such reservation of this key.");

    public static RouteHandlerBuilder MapDataPlane(
        this IEndpointRouteBuilder routes, string method, string pattern, Func<HttpContext, Task> handle)
    {
        var route = routes.MapMethods(pattern, [method], (Delegate)((HttpContext http) => GuardAsync(http, handle)));
        route.ShortCircuit();
        return route.AllowAnonymous()
            .WithTags(Tag)
            .WithMetadata(KeyMetadata.Instance, new BodySizeLimit(DataPlaneBounds.DiscardedMax));
    }

    public static RouteHandlerBuilder Describe(this RouteHandlerBuilder route, string name, string summary) =>
        route.WithName(name).WithSummary(summary);

    /// <summary>
    /// Documents the body. Routing itself would refuse other content types before the key is checked and without naming
    /// the accepted ones, so for routing every type is accepted.
    /// </summary>
    public static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder route, string type, params string[] others)
        where T : notnull => route.Accepts<T>(type, [.. others, AnyType]);

    /// <summary>Documents the problems of endpoints whose body has usage.</summary>
    public static RouteHandlerBuilder ProducesUsageProblems(this RouteHandlerBuilder route) =>
        route.ProducesProblems(400, 401, 404, 409, 413, 415, 422, 429, 503);

    public static RouteHandlerBuilder ProducesProblems(this RouteHandlerBuilder route, params int[] statuses)
    {
        foreach (var status in statuses)
            route.ProducesProblem(status);
        return route;
    }

    /// <summary>Documents that an <c>Idempotency-Key</c> may stand in for the id in the body.</summary>
    public static RouteHandlerBuilder TakesIdempotencyKey(this RouteHandlerBuilder route) =>
        route.WithMetadata(ActionMetadata.Instance);

    /// <summary>Documents that the response has the headers of the tightest limit.</summary>
    public static RouteHandlerBuilder SendsRateLimit(this RouteHandlerBuilder route) =>
        route.WithMetadata(RateLimitMetadata.Instance);

    private static bool HasLeft(HttpContext http, Exception e) =>
        e is ConnectionResetException or ConnectionAbortedException || http.RequestAborted.IsCancellationRequested;

    private static async Task GuardAsync(HttpContext http, Func<HttpContext, Task> handle)
    {
        try
        {
            await handle(http);
        }
        catch (Exception e) when (e is NpgsqlException or SocketException or TimeoutException
                                  && !http.Response.HasStarted)
        {
            await DataPlaneHost.SendUnavailableAsync(http);
        }
        catch (BadHttpRequestException bad) when (!http.Response.HasStarted)
        {
            await DataPlaneHost.SendProblemAsync(
                http, bad.StatusCode, bad.StatusCode == 413 ? ProblemTypes.TooLarge : ProblemTypes.BadRequest,
                "The request can't be read.", bad.Message);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException && HasLeft(http, e))
        {
            // The caller has disconnected in the middle of the body. Without this the server would try to read the rest
            // of it, and log that it can't, once for everyone who leaves.
            http.Abort();
        }
    }
}
