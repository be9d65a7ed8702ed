// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record ListJobsItem
{
    /// <summary>The job's name, such as <c>close-periods</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The seconds from the end of a run to the start of the next.</summary>
    public required double EverySeconds { get; init; }

    /// <summary>Whether one node does the work for all; false if all nodes share it.</summary>
    public required bool OncePerCluster { get; init; }

    /// <summary>The last run on any node; null before the first.</summary>
    public required ListJobsRun? LastRun { get; init; }
}
