using Sluice.Metering.Identity;
using Sluice.Metering.Leases.Messages;
using Sluice.Metering.Metrics;

namespace Sluice.Metering.Leases.Authority;

/// <summary>
/// An authority's view of one session: the limits it follows, and the request that waits for an answer.
/// </summary>
internal sealed class SessionShare(SessionId session)
{
    public SessionId Session { get; } = session;

    /// <summary>The newest request received; older ones contribute cumulative values only.</summary>
    public long Sequence { get; set; }

    public long AckedVersion { get; set; }

    /// <summary>
    /// Whether the session is fenced: it gets no more messages, and its accounts stay frozen until the ledger has been
    /// added up.
    /// </summary>
    public bool Fenced { get; set; }

    public long PushedAtMs { get; set; } = long.MinValue / 2;

    /// <summary>The request that is not answered yet; 0 for none.</summary>
    public long Asked { get; set; }

    public long AskedAtMs { get; set; }

    /// <summary>The last reading of holds before the request arrived: only a later one can confirm a refusal.</summary>
    public long HoldsReadBefore { get; set; }

    public bool Attach { get; set; }

    public bool Leaving { get; set; }

    /// <summary>
    /// Whether the refusals in the unanswered request happened under limits that are in force everywhere.
    /// </summary>
    public bool RefusalsHeard { get; set; }

    /// <summary>Whether the session knows of this activation, and so has reported everything to it.</summary>
    public bool Introduced { get; set; }

    /// <summary>
    /// The batch whose commit proves that this authority was still the newest when it decided; 0 for none.
    /// </summary>
    public long CheckedByBatch { get; set; }

    /// <summary>
    /// Whether the answer must wait for a batch that proves the epoch. An authority deposed without knowing it must not
    /// let an edge rely on its limits, forget what it reported, or refuse because nothing is left.
    /// </summary>
    public bool NeedsProof => Attach || Leaving || Verdicts.ContainsValue(LeaseVerdict.Exhausted);

    /// <summary>The newest request that quoted an epoch above this authority's own; null for none.</summary>
    public long? Doubted { get; set; }

    /// <summary>The batch whose commit proves that the quoted epoch does not exist; 0 for none.</summary>
    public long DoubtCheckedByBatch { get; set; }

    /// <summary>The counters of the unanswered request, each with its verdict once there is one.</summary>
    public SortedDictionary<(short Metric, int Period), LeaseVerdict?> Verdicts { get; } = [];

    public bool Decided => Verdicts.Values.All(v => v is not null);

    public static (short Metric, int Period) Order(CounterId id) => (id.Metric.Value, id.Period.Value);

    public static CounterId Counter((short Metric, int Period) order) =>
        new(new MetricId(order.Metric), new Periods.PeriodKey(order.Period));
}
