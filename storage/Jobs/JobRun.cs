namespace Sluice.Storage.Jobs;

/// <summary>The last run of a job, on whichever node it was.</summary>
public sealed record JobRun
{
    public required string Name { get; init; }

    /// <summary>Where it ran.</summary>
    public required string Node { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Null while it runs, or when its node died.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>When a run last ended well; null if none has.</summary>
    public DateTimeOffset? SucceededAt { get; init; }

    /// <summary>Why the last run failed; null if it did not.</summary>
    public string? Error { get; init; }

    /// <summary>What the last run that ended well did.</summary>
    public required long Done { get; init; }

    public required long Runs { get; init; }

    public required long Failures { get; init; }
}
