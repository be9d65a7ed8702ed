using Sluice.Engine.Control;

namespace Sluice.Api.Health;

/// <summary><c>/health/live</c> and <c>/health/ready</c>, for whoever starts, watches and uses this node.</summary>
internal static class HealthRoutes
{
    /// <summary>How long the parts may take to say whether they are ready.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <param name="Status"><c>ready</c> or <c>unready</c>.</param>
    /// <param name="Parts">By name: <c>ready</c>, or why not.</param>
    internal sealed record Response(string Status, IReadOnlyDictionary<string, string> Parts);

    /// <param name="Status"><c>live</c>: the process answers.</param>
    internal sealed record Life(string Status);

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/health").WithTags("Health").AllowAnonymous();
        group.MapGet("/live", Live)
            .WithName("Live")
            .WithSummary("Answers while the process runs")
            .Produces<Life>();
        group.MapGet("/ready", ReadyAsync)
            .WithName("Ready")
            .WithSummary("Says whether this node takes requests, and if not, why")
            .Produces<Response>()
            .Produces<Response>(StatusCodes.Status503ServiceUnavailable);

        // Load balancers ask for the status alone. HTTP has HEAD wherever there is GET; the document need not show it.
        group.MapMethods("/live", [HttpMethods.Head], Live).ExcludeFromDescription();
        group.MapMethods("/ready", [HttpMethods.Head], ReadyAsync).ExcludeFromDescription();
    }

    private static IResult Live() => TypedResults.Ok(new Life("live"));

    private static async Task<IResult> ReadyAsync(
        IEnumerable<IReadiness> parts, HttpResponse response, TimeProvider time, CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        var answers = new Dictionary<string, string>();
        var ready = true;
        foreach (var part in parts)
        {
            var reason = await AskAsync(part, patience.Token, either.Token);
            answers[part.Name] = reason ?? "ready";
            ready &= reason is null;
        }

        if (ready)
            return TypedResults.Ok(new Response("ready", answers));
        response.Headers.RetryAfter = "1";
        return TypedResults.Json(
            new Response("unready", answers), statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<string?> AskAsync(IReadiness part, CancellationToken patience, CancellationToken either)
    {
        try
        {
            return await part.ReasonNotReadyAsync(either);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            return $"No answer within {Patience.TotalSeconds:0} s.";
        }
    }
}
