namespace Sluice.Api.Lanes;

/// <summary>
/// Threads of their own, with lower priority, for everything that is not the data plane: pages, documents, reports,
/// sign-ins. Whatever they cost, admission, heartbeats and syncs have the thread pool for themselves.
/// </summary>
internal sealed class ManagementLane : IDisposable
{
    private const int Niceness = 5;

    /// <summary>Health checks say how the node is, not how busy its management is.</summary>
    private const string Health = "/health";

    private readonly LaneScheduler _scheduler =
        new("management", threads: Math.Max(4, 2 * Environment.ProcessorCount), Niceness);

    /// <summary>Runs the rest of a request in the lane. The data plane's routes end before they come here.</summary>
    public Task RunAsync(HttpContext http, RequestDelegate next)
    {
        ArgumentNullException.ThrowIfNull(http);
        return http.Request.Path.StartsWithSegments(Health, StringComparison.OrdinalIgnoreCase)
            ? next(http)
            : Task.Factory.StartNew(
                () => next(http), CancellationToken.None, TaskCreationOptions.DenyChildAttach, _scheduler).Unwrap();
    }

    public void Dispose() => _scheduler.Dispose();
}
