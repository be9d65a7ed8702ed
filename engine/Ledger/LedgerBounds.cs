namespace Sluice.Engine.Ledger;

/// <summary>Bounds of the ledger writer.</summary>
public static class LedgerBounds
{
    /// <summary>
    /// Maximum events waiting to be written. One tenant may have as many as are still free; more are refused with 503.
    /// </summary>
    public const int QueueMax = 65_536;

    /// <summary>Maximum events per batch: a larger batch adds latency without gaining throughput.</summary>
    public const int BatchMax = 10_000;

    /// <summary>
    /// Maximum lines per batch (an event has one, and one for each metric) while the store is fast.
    /// </summary>
    public const int BatchLinesMax = 40_000;

    /// <summary>Maximum lines of the first batch, before it is known how fast the store is.</summary>
    public const int BatchLinesFirst = 8_000;

    /// <summary>Maximum lines per batch while the store is at its slowest.</summary>
    public const int BatchLinesMin = 1_000;

    /// <summary>
    /// How long a batch should take at most: batches that take longer get fewer lines, because everybody's answers
    /// wait for the one that is being written.
    /// </summary>
    public const int BatchTargetMs = 50;

    /// <summary>Number of accounts at which the next batch writes them without waiting for the interval.</summary>
    public const int AccountsMax = 5_000;

    /// <summary>Maximum rows of sums per transaction while the store is fast.</summary>
    public const int SegmentRowsMax = 16_000;

    /// <summary>
    /// Maximum rows of sums per transaction while the store is slow; those of one batch stay together.
    /// </summary>
    public const int SegmentRowsMin = 1_000;

    /// <summary>How long a transaction of sums should take at most; slower ones get fewer rows.</summary>
    public const int SegmentTargetMs = 100;

    /// <summary>Minimum pause between transactions of sums.</summary>
    public const int SegmentPauseMs = 25;

    /// <summary>
    /// Maximum rows of sums of one tenant that wait to be written; beyond it the tenant's events wait.
    /// </summary>
    public const int SumRowsMax = 20_000;

    /// <summary>How long batches, or sums, may fail before readiness says so.</summary>
    public const int FailsMs = 2_000;

    /// <summary>Interval at which an empty batch finds out whether batches still fail.</summary>
    public const int ProbeMs = 500;

    /// <summary>How long nothing may have failed before empty batches prove that batches no longer fail.</summary>
    public const int ProvenMs = 5_000;

    /// <summary>Interval at which accounts and sums are updated while usage comes in.</summary>
    public const int CheckpointIntervalMs = 250;

    /// <summary>Checkpoints may take at most one part in this many of the time: 1 / 4.</summary>
    public const int CheckpointShare = 4;

    /// <summary>
    /// Maximum interval between checkpoints, however slow they are, so that sums are at most 1 s old.
    /// </summary>
    public const int CheckpointIntervalMaxMs = 700;

    /// <summary>
    /// Maximum time for usage answered from memory to reach the disk; if it is exceeded, the next answer waits for the
    /// disk.
    /// </summary>
    public const int MemoryRiskMs = 50;

    /// <summary>How long usage answered from memory waits to be batched with more before it is written.</summary>
    public const int GatherMs = 10;

    /// <summary>Number of events answered from memory at which the batch is written without further waiting.</summary>
    public const int GatherMax = 1_000;

    /// <summary>Pause between attempts to reach an unreachable store.</summary>
    public const int RetryMs = 200;

    /// <summary>
    /// How long events that wait are kept, once a batch has failed, for the store to answer; then they are refused.
    /// </summary>
    public const int SealGraceMs = 250;

    /// <summary>Maximum delay of an answer while the outcome of its commit is unknown.</summary>
    public const int UnknownWaitMs = 2_000;

    /// <summary>How long after a repeat ids are looked up before they are written.</summary>
    public const int RepeatsMs = 2_000;

    /// <summary>Maximum restarts of a batch because another node wrote one of its ids at the same moment.</summary>
    public const int CollisionRetries = 5;

    /// <summary>How long a transaction of sums may take; after each failure twice as long.</summary>
    public static readonly TimeSpan SegmentPatience = TimeSpan.FromSeconds(15);

    /// <summary>How long a transaction of sums may take at most.</summary>
    public static readonly TimeSpan SegmentPatienceMax = TimeSpan.FromMinutes(8);
}
