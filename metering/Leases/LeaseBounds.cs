using Sluice.Metering.Metrics;

namespace Sluice.Metering.Leases;

/// <summary>Every bound and interval of the lease protocol, in one place.</summary>
public static class LeaseBounds
{
    /// <summary>
    /// Most that a counter takes in its period where no limit says less: used and held together, others' as of the last
    /// sync. Above every limit, and so far below the end of the number range that edges which pass it at the same
    /// moment can't reach that together.
    /// </summary>
    public const long CounterUnitsMax = 2 * ScaledNumber.MaxLimitUnits;

    /// <summary>Units that an edge counts without a limit before it looks at the sum again.</summary>
    public const long UncheckedUnitsMax = ScaledNumber.MaxUnits;

    /// <summary>
    /// A report goes out at the latest this long after usage changed, so live numbers are at most 1 s old.
    /// </summary>
    public const int ReportIntervalMs = 250;

    /// <summary>Rights are asked for to last this long at the present rate.</summary>
    public const int GrantHorizonMs = 1_000;

    /// <summary>How long an authority waits for rights recalled from other edges before it says so.</summary>
    public const int RecallWaitMs = 50;

    /// <summary>A recall that was not followed is sent again after this long.</summary>
    public const int RecallRetryMs = 20;

    /// <summary>How long an edge refuses from a cached answer before it asks again.</summary>
    public const int ExhaustedCacheMs = 250;

    /// <summary>
    /// How long a refusal waits for takes in flight, which give their rights back when they were repeats.
    /// </summary>
    public const int RefundWaitMs = 50;

    /// <summary>How long a request waits for an authority that does not answer.</summary>
    public const int AdmissionWaitMs = 2_000;

    /// <summary>An unanswered sync is sent again after this long.</summary>
    public const int SyncRetryMs = 200;

    /// <summary>
    /// A sync that is known not to be answered, because its authority is on its way elsewhere, is sent again after this
    /// long; the pause doubles up to <see cref="SyncRetryMs"/> while nobody answers.
    /// </summary>
    public const int SyncAgainMs = 20;

    /// <summary>
    /// A session's time to live, from the send of its last answered beat, on the edge's monotonic clock. Whoever relies
    /// on its end counts from the writing of that beat and adds what clocks may drift. A fence does not shorten it: a
    /// process that does not know of its fence still answers from memory, so a revocation waits for its end.
    /// </summary>
    public const int SessionTtlMs = 3_000;

    /// <summary>Requests that may wait for rights at one edge; more are refused as overload.</summary>
    public const int WaitersMax = 20_000;

    /// <summary>Counters that a single request may touch: 4 scopes of 16 metrics, in 3 kinds of period.</summary>
    public const int TakesMax = 192;

    /// <summary>A scope without usage, waiters or holds for this long gives its rights back and is forgotten.</summary>
    public const int IdleScopeMs = 60_000;

    /// <summary>Reports of a period that has ended are accepted this long.</summary>
    public const long LateReportMs = 3_600_000;
}
