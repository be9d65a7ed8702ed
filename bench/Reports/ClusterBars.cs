namespace Sluice.Bench.Reports;

/// <summary>The targets set by the design for the cluster, all of them ratios within one run.</summary>
internal static class ClusterBars
{
    /// <summary>Minimum share of the rate with all traffic in one tenant: it may cost at most a fifth.</summary>
    private const double HotTenantShare = 0.8;

    private const double AdmissionFactor = 10;

    public static IReadOnlyList<Bar> Of(ClusterRows rows, ClusterFacts facts) =>
    [
        Bars.AtLeast(
            "admission in the edge against one local grain call, times",
            AdmissionFactor,
            facts.GrainCall.NanosecondsPerOperation / facts.Admission.NanosecondsPerOperation,
            "0.0"),
        Bars.AtLeast(
            "durable, 3 nodes: one hot tenant against spread traffic",
            HotTenantShare,
            Bars.Ratio(rows.HotDurable, rows.Durable),
            "0.00"),
        Bars.AtLeast(
            "memory ack, 3 nodes: one hot tenant against spread traffic",
            HotTenantShare,
            Bars.Ratio(rows.HotMemory, rows.Memory),
            "0.00"),
        Bars.Unchanged(facts.AuthorityCalls),
    ];
}
