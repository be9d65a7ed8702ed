using Sluice.Metering.Identity;
using Sluice.Metering.Leases.Messages;
using Sluice.Metering.Metrics;

namespace Sluice.Metering.Leases.Authority;

/// <summary>One session as one authority sees it: what it has followed, and the answer it waits for.</summary>
internal sealed class SessionShare(SessionId session)
{
    public SessionId Session { get; } = session;

    /// <summary>Newest request heard; older ones bring only cumulative news.</summary>
    public long Sequence { get; set; }

    public long AckedVersion { get; set; }

    /// <summary>
    /// Its fence is up: it is told nothing more, and its accounts stand as they are until the ledger has been added up.
    /// </summary>
    public bool Fenced { get; set; }

    public long PushedAtMs { get; set; } = long.MinValue / 2;

    /// <summary>The request that is not answered yet; 0 for none.</summary>
    public long Asked { get; set; }

    public long AskedAtMs { get; set; }

    public bool Attach { get; set; }

    public bool Leaving { get; set; }

    /// <summary>The refusals in the unanswered request were told under limits that are in force everywhere.</summary>
    public bool RefusalsHeard { get; set; }

    /// <summary>It has heard of this activation, and so has told it everything.</summary>
    public bool Introduced { get; set; }

    /// <summary>
    /// The batch whose writing proves that this authority still was the newest when it decided; 0 for none.
    /// </summary>
    public long CheckedByBatch { get; set; }

    /// <summary>
    /// An authority that was deposed without knowing must not let an edge count on its limits, forget what it
    /// reported, or refuse because nothing is left: such an answer waits for a batch that proves the epoch.
    /// </summary>
    public bool NeedsProof => Attach || Leaving || Verdicts.ContainsValue(LeaseVerdict.Exhausted);

    /// <summary>Counters of the unanswered request, with the verdict once there is one.</summary>
    public SortedDictionary<(short Metric, int Period), LeaseVerdict?> Verdicts { get; } = [];

    public bool Decided => Verdicts.Values.All(v => v is not null);

    public static (short Metric, int Period) Order(CounterId id) => (id.Metric.Value, id.Period.Value);

    public static CounterId Counter((short Metric, int Period) order) =>
        new(new MetricId(order.Metric), new Periods.PeriodKey(order.Period));
}
