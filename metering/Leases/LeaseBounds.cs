using Sluice.Metering.Metrics;

namespace Sluice.Metering.Leases;

/// <summary>Every bound and interval of the lease protocol, in one place.</summary>
public static class LeaseBounds
{
    /// <summary>
    /// Maximum units used and held in a counter's period if no limit is lower, those of other edges as of the last
    /// sync. Above every limit, and far enough below the end of the number range that edges which exceed it at the same
    /// moment can't overflow together.
    /// </summary>
    public const long CounterUnitsMax = 2 * ScaledNumber.MaxLimitUnits;

    /// <summary>Units that an edge counts without a limit before it checks the sum again.</summary>
    public const long UncheckedUnitsMax = ScaledNumber.MaxUnits;

    /// <summary>Maximum delay of a report after usage changed, so that live numbers are at most 1 s old.</summary>
    public const int ReportIntervalMs = 250;

    /// <summary>How long requested rights should last at the current rate.</summary>
    public const int GrantHorizonMs = 1_000;

    /// <summary>How long an authority waits for rights recalled from other edges before it answers.</summary>
    public const int RecallWaitMs = 50;

    /// <summary>
    /// How long an authority waits until every edge knows a limit that is new to it, before it answers that nothing can
    /// be granted. The first request of a scope waits for that. Less than <see cref="SyncRetryMs"/>: an ask that is
    /// sent again starts to wait again.
    /// </summary>
    public const int ArmWaitMs = 150;

    /// <summary>Time after which a recall that was not followed is sent again.</summary>
    public const int RecallRetryMs = 20;

    /// <summary>How long an edge refuses from a cached verdict before it asks again.</summary>
    public const int ExhaustedCacheMs = 250;

    /// <summary>How long a refusal waits for takes in flight, which return their rights if they were repeats.</summary>
    public const int RefundWaitMs = 50;

    /// <summary>How long a request waits for an authority that does not answer.</summary>
    public const int AdmissionWaitMs = 2_000;

    /// <summary>
    /// How long it waits for the first answer about a scope: the authority may have to be started from the store, on a
    /// node that is busy.
    /// </summary>
    public const int FirstAnswerWaitMs = 5_000;

    /// <summary>Time after which an unanswered sync is sent again.</summary>
    public const int SyncRetryMs = 200;

    /// <summary>
    /// Time after which a sync is sent again if it is known not to be answered, because its authority is moving; the
    /// pause doubles up to <see cref="SyncRetryMs"/> while there is no answer.
    /// </summary>
    public const int SyncAgainMs = 20;

    /// <summary>
    /// A session's time to live, from sending its last answered heartbeat, on the edge's monotonic clock. A node that
    /// relies on its end counts from the writing of that heartbeat and adds the possible clock drift. A fence does not
    /// shorten it: a process unaware of its fence still answers from memory, so a revocation waits for its end.
    /// </summary>
    public const int SessionTtlMs = 3_000;

    /// <summary>
    /// Time after which an authority reads the holds of ended sessions again while some are open: other nodes end them,
    /// and live numbers are at most 1 s old.
    /// </summary>
    public const int HoldReadMs = 500;

    /// <summary>
    /// Maximum requests waiting for rights at one edge. One tenant may have as many as are still free, so that it
    /// leaves room for others; more are refused as overload.
    /// </summary>
    public const int WaitersMax = 20_000;

    /// <summary>Maximum counters that one request may touch: 4 scopes of 16 metrics, in 3 kinds of period.</summary>
    public const int TakesMax = 192;

    /// <summary>Time without usage, waiters or holds after which a scope returns its rights and is forgotten.</summary>
    public const int IdleScopeMs = 60_000;
}
