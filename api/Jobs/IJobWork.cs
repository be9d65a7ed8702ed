namespace Sluice.Api.Jobs;

/// <summary>
/// Recurring work. It is idempotent, and correct whenever it runs: late, twice, on several nodes, or interrupted.
/// Registering it as a singleton of this interface schedules it.
/// </summary>
internal interface IJobWork
{
    /// <summary>
    /// The job's name in <c>job_run</c>, in metrics and in the lock: kebab case, never to be changed.
    /// </summary>
    string Name { get; }

    /// <summary>The time from the end of a run to the start of the next, unless the job is woken.</summary>
    TimeSpan Every { get; }

    /// <summary>
    /// True if one run in the whole cluster is enough: other nodes find the lock taken and do nothing. False if all
    /// nodes share the work by claiming rows.
    /// </summary>
    bool OncePerCluster { get; }

    /// <summary>The outbox whose new rows wake the job at once; null if the schedule is enough.</summary>
    string? WokenBy => null;

    /// <summary>
    /// Does all work that is due. Failures are thrown: they are logged and counted, and the run is repeated.
    /// </summary>
    /// <param name="ct">Cancelled when the node stops.</param>
    /// <returns>The number of things done, such as mails sent or seats expired. Not negative.</returns>
    Task<long> RunAsync(CancellationToken ct);
}
