using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Sluice.Api.Health;

/// <summary>
/// <c>/health/live</c> and <c>/health/ready</c>, for supervisors and load balancers. The checks are registered with the
/// framework; the response lists each in JSON, or is a single word for clients that prefer plain text.
/// </summary>
public static class HealthRoutes
{
    private const string Ready = "ready", Unready = "unready";

    /// <summary>How long one check may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <param name="Status"><c>ready</c> or <c>unready</c>.</param>
    /// <param name="Parts">
    /// The state of each part by its name: <c>ready</c>, or what it lacks. A part that only reports depend on does not
    /// make the node unready.
    /// </param>
    internal sealed record ReadyResponse(string Status, IReadOnlyDictionary<string, string> Parts);

    /// <param name="Status"><c>live</c>: the process answers.</param>
    internal sealed record LiveResponse(string Status);

    internal static void MapHealth(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/health").WithTags("Health").AllowAnonymous();
        group.MapGet("/live", Live)
            .WithName("Live")
            .WithSummary("Answers while the process runs")
            .Produces<LiveResponse>();
        group.MapGet("/ready", ReadyAsync)
            .WithName("Ready")
            .WithSummary("Says whether this node takes requests, and if not, why")
            .Produces<ReadyResponse>()
            .Produces<ReadyResponse>(StatusCodes.Status503ServiceUnavailable);

        // Load balancers ask for the status alone. HTTP has HEAD wherever there is GET, so the document need not show
        // it.
        group.MapMethods("/live", [HttpMethods.Head], Live).ExcludeFromDescription();
        group.MapMethods("/ready", [HttpMethods.Head], ReadyAsync).ExcludeFromDescription();
    }

    private static IResult Live() => TypedResults.Ok(new LiveResponse("live"));

    private static async Task<IResult> ReadyAsync(
        HealthCheckService checks, HttpRequest request, HttpResponse response, CancellationToken ct)
    {
        var report = await checks.CheckHealthAsync(ct);
        var ready = report.Status != HealthStatus.Unhealthy;
        var status = ready ? Ready : Unready;
        var code = ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        response.Headers.CacheControl = "no-store";
        if (!ready)
            response.Headers.RetryAfter = "1";
        if (PrefersText(request))
            return TypedResults.Text(status, statusCode: code);
        var parts = report.Entries.ToDictionary(static e => e.Key, static e => Describe(e.Value));
        return TypedResults.Json(new ReadyResponse(status, parts), statusCode: code);
    }

    /// <summary>
    /// Describes a check's result. A failed check's own reason is shown, but never an exception's message, which may
    /// hold more than callers should see.
    /// </summary>
    private static string Describe(HealthReportEntry entry) => entry switch
    {
        { Status: HealthStatus.Healthy } => Ready,
        { Exception: OperationCanceledException or TimeoutException } =>
            $"No answer within {Patience.TotalSeconds:0} s.",
        { Exception: null, Description: { } reason } => reason,
        _ => "The check failed.",
    };

    private static bool PrefersText(HttpRequest request) =>
        request.GetTypedHeaders().Accept is [_, ..] accepted
        && accepted.MaxBy(static type => type.Quality ?? 1) is { MediaType.Value: "text/plain" };
}
