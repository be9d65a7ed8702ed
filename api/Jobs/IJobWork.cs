namespace Sluice.Api.Jobs;

/// <summary>
/// Work that is done again and again. Idempotent, and right whenever it runs: late, twice, on several nodes, or cut off
/// in the middle. Registered as a singleton of this interface, it is scheduled by itself.
/// </summary>
internal interface IJobWork
{
    /// <summary>As in <c>job_run</c>, in metrics and in the lock: kebab case, for good.</summary>
    string Name { get; }

    /// <summary>From the end of a run to the start of the next, unless it is woken.</summary>
    TimeSpan Every { get; }

    /// <summary>
    /// True where one run in the whole cluster is enough: others find the lock taken and do nothing. False where all
    /// nodes share the work by claiming rows.
    /// </summary>
    bool OncePerCluster { get; }

    /// <summary>The outbox whose new rows wake it at once; null where the clock is enough.</summary>
    string? WokenBy => null;

    /// <summary>Does all that is due. Failures are thrown: they are logged, counted, and the run is repeated.</summary>
    /// <param name="ct">Cancelled when the node stops.</param>
    /// <returns>How much was done: mails sent, seats expired. Not negative.</returns>
    Task<long> RunAsync(CancellationToken ct);
}
