namespace Sluice.Storage.Control.Jobs;

/// <summary>The last run of a job, on any node.</summary>
public sealed record JobRun
{
    public required string Name { get; init; }

    /// <summary>The node it ran on.</summary>
    public required string Node { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended; null while it runs, or if its node crashed.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>When a run last succeeded; null if none has.</summary>
    public DateTimeOffset? SucceededAt { get; init; }

    /// <summary>Why the last run failed; null if it did not.</summary>
    public string? Error { get; init; }

    /// <summary>The number of items processed by the last successful run.</summary>
    public required long Done { get; init; }

    public required long Runs { get; init; }

    public required long Failures { get; init; }
}
