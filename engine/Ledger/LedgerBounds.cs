namespace Sluice.Engine.Ledger;

/// <summary>Bounds of the ledger writer.</summary>
public static class LedgerBounds
{
    /// <summary>Events that may wait to be written; more are refused with 503.</summary>
    public const int QueueMax = 65_536;

    /// <summary>Events of one batch: beyond this a batch gains no speed, only latency.</summary>
    public const int BatchMax = 10_000;

    /// <summary>Accounts and sums are brought up to date at least this often while usage comes in.</summary>
    public const int CheckpointIntervalMs = 250;

    /// <summary>A checkpoint may take at most this part of the time: 1 / 4.</summary>
    public const int CheckpointShare = 4;

    /// <summary>
    /// However slow checkpoints are, they are not further apart than this, so sums are at most 1 s old.
    /// </summary>
    public const int CheckpointIntervalMaxMs = 700;

    /// <summary>Usage answered from memory reaches the disk within this, or the next waits for the disk.</summary>
    public const int MemoryRiskMs = 50;

    /// <summary>How long usage that was answered from memory waits for company before it is written.</summary>
    public const int GatherMs = 10;

    /// <summary>Usage answered from memory waits no longer once so much of it is there.</summary>
    public const int GatherMax = 1_000;

    /// <summary>Between attempts to reach a store that went away.</summary>
    public const int RetryMs = 200;

    /// <summary>How long an answer is held back for a commit whose outcome is unknown.</summary>
    public const int UnknownWaitMs = 2_000;

    /// <summary>After a repeat, ids are looked up for this long before they are written.</summary>
    public const int RepeatsMs = 2_000;

    /// <summary>Times a batch is begun anew because another node wrote one of its ids at the same moment.</summary>
    public const int CollisionRetries = 5;
}
