using BenchmarkDotNet.Jobs;
using Sluice.Bench.Contenders;
using Sluice.Bench.Core;
using Sluice.Bench.Http;
using Sluice.Bench.Naive;
using Sluice.Bench.Peers;
using Sluice.Bench.Processes;
using Sluice.Bench.Reports;
using Sluice.LoadTest.Events;

namespace Sluice.Bench.Sections;

/// <summary>Compares clusters of one and of three nodes with naive grains.</summary>
internal sealed class ClusterSection(SectionPlan plan, TextWriter progress, TimeProvider time) : ISection
{
    private const int Nodes = 3;

    public string Name => "cluster";

    public string Arguments => $"{Name} {plan.Arguments}";

    public async Task<string> MeasureAsync(CancellationToken cancellation)
    {
        // First, while nothing else runs.
        var admission = CoreBenchmarks.Run<AdmissionBenchmark>(Job.Default)[0];
        var grainCall = CoreBenchmarks.Run<LocalGrainCall>(Job.Default)[0];

        await using var one = new SluiceContender(Repository.NodeProgram, nodes: 1, time);
        await using var sluice = new SluiceContender(Repository.NodeProgram, Nodes, time);
        await using var otherOne = OtherBuild(nodes: 1);
        await using var other = OtherBuild(Nodes);
        await using var oneNaive = new NaiveCluster(1, time);
        await using var naive = new NaiveCluster(Nodes, time);
        var comparison = new HttpComparison(plan.Http, progress, time);
        var results = await comparison.RunAsync(
            Rows((one, sluice), (otherOne, other), (oneNaive, naive)), cancellation);
        var calls = comparison.EndpointOf(sluice) is { } endpoint
            ? await new AuthorityCallRates(sluice.Calls, endpoint, plan.Http, progress, time).MeasureAsync(cancellation)
            : [];
        await File.WriteAllTextAsync(plan.ChartPath, BarChart.Draw(results), cancellation);
        var report = ClusterReport.Write(
            results, new ClusterFacts(admission, grainCall, calls), Path.GetFileName(plan.ChartPath));
        return plan.OtherProgram is null
            ? report
            : report + BuildReport.Write(plan.OtherProgram, BuildRatio.Of(results, own: null, other: null));
    }

    private SluiceContender? OtherBuild(int nodes) =>
        plan.OtherProgram is { } program ? new SluiceContender(program, nodes, time, isOwner: true) : null;

    /// <summary>Lists the rows in the order that <see cref="ClusterRows"/> expects.</summary>
    private HttpRow[] Rows(
        (IContender One, IContender All) sluice,
        (IContender? One, IContender? All) other,
        (IContender One, IContender All) naive)
    {
        const int Hot = PeerScopes.KeysPerTenant;
        return
        [
            Row("Sluice, 1 node, durable", sluice.One, AckMode.Durable).Beside(other.One),
            Row("Sluice, 1 node, memory ack", sluice.One, AckMode.Memory).Beside(other.One),
            Row("Sluice, 3 nodes, durable", sluice.All, AckMode.Durable).Beside(other.All),
            Row("Sluice, 3 nodes, memory ack", sluice.All, AckMode.Memory).Beside(other.All),
            Row("Sluice, 3 nodes, durable, hot tenant", sluice.All, AckMode.Durable, Hot).Beside(other.All),
            Row("Sluice, 3 nodes, memory, hot tenant", sluice.All, AckMode.Memory, Hot).Beside(other.All),
            Row("naive grains, 1 node", naive.One, AckMode.Durable),
            Row("naive grains, 3 nodes", naive.All, AckMode.Durable),
            Row("naive grains, 3 nodes, hot tenant", naive.All, AckMode.Durable, Hot),
        ];

        HttpRow Row(string name, IContender contender, AckMode ack, int? keys = null) =>
            new(name, contender, SendMode.Consume, ack, plan.Http.Connections, keys);
    }
}
