// Written from the OpenAPI document by a test of the API, which says how.

namespace Sluice.Client.Models;

/// <summary>Not described.</summary>
public sealed record ListJobsRun
{
    /// <summary>The node that ran it.</summary>
    public required string Node { get; init; }

    /// <summary>When it started, in UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended, in UTC; null while it runs, or if its node died.</summary>
    public required DateTimeOffset? EndedAt { get; init; }

    /// <summary>When a run last succeeded, in UTC; null if none has.</summary>
    public required DateTimeOffset? SucceededAt { get; init; }

    /// <summary>Why the last run failed; null if it did not.</summary>
    public required string? Error { get; init; }

    /// <summary>How much the last successful run did, such as mails sent or months closed.</summary>
    public required long Done { get; init; }

    /// <summary>The number of runs.</summary>
    public required long Runs { get; init; }

    /// <summary>The number of runs that failed.</summary>
    public required long Failures { get; init; }
}
