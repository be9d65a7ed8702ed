using Sluice.Bench.Contenders;
using Sluice.Bench.Http;
using Sluice.Bench.Processes;
using Sluice.Bench.Reports;
using Sluice.LoadTest.Events;

namespace Sluice.Bench.Sections;

/// <summary>Compares one node with its peers, over HTTP.</summary>
internal sealed class HttpSection(SectionPlan plan, TextWriter progress, TimeProvider time) : ISection
{
    public string Name => "http";

    public string Arguments => $"{Name} {plan.Arguments}";

    public async Task<string> MeasureAsync(CancellationToken cancellation)
    {
        await using var echo = new EchoContender(time);
        await using var sluice = new SluiceContender(Repository.NodeProgram, nodes: 1, time);
        await using var other = plan.OtherProgram is { } program
            ? new SluiceContender(program, nodes: 1, time, isOwner: true)
            : null;
        await using var postgres = new PostgresContender(time);
        await using var redis = new RedisContender(time);
        var comparison = new HttpComparison(plan.Http, progress, time);
        var results = await comparison.RunAsync(Rows(echo, sluice, other, postgres, redis), cancellation);
        var (facts, otherFacts) = await ExamineAsync(comparison, sluice, other, cancellation);
        await File.WriteAllTextAsync(plan.ChartPath, BarChart.Draw(results), cancellation);
        var report = HttpReport.Write(results, facts, Path.GetFileName(plan.ChartPath));
        return plan.OtherProgram is null
            ? report
            : report + BuildReport.Write(plan.OtherProgram, BuildRatio.Of(results, facts, otherFacts));
    }

    /// <summary>Lists the rows in the order that <see cref="HttpRows"/> expects.</summary>
    private HttpRow[] Rows(
        IContender echo, IContender sluice, IContender? other, IContender postgres, IContender redis)
    {
        var many = plan.Http.ManyConnections;
        return
        [
            Single("empty echo endpoint", echo),
            Single("Sluice, durable", sluice).Beside(other),
            Single("Sluice, memory ack (no ids)", sluice, AckMode.Memory).Beside(other),
            Single("empty echo endpoint", echo) with { Connections = many },
            (Single("Sluice, durable", sluice) with { Connections = many }).Beside(other),
            (Single("Sluice, memory ack (no ids)", sluice, AckMode.Memory) with { Connections = many }).Beside(other),
            new HttpRow(
                "Sluice, durable, batches of 1,000",
                sluice,
                SendMode.Batch,
                AckMode.Durable,
                plan.Http.BatchConnections).Beside(other),
            Single("PostgreSQL transaction each", postgres),
            Single("Redis script, fsync always", redis),
        ];

        HttpRow Single(string name, IContender contender, AckMode ack = AckMode.Durable) =>
            new(name, contender, SendMode.Consume, ack, plan.Http.Connections);
    }

    private async Task<(NodeFacts? Own, NodeFacts? Other)> ExamineAsync(
        HttpComparison comparison, SluiceContender sluice, SluiceContender? other, CancellationToken cancellation)
    {
        if (comparison.EndpointOf(sluice) is not { } endpoint)
            return (null, null);
        var own = new NodeExamination("this build", sluice, endpoint, plan.Http, progress, time);
        if (other is null || comparison.EndpointOf(other) is not { } otherEndpoint)
            return ((await NodeExamination.RunAsync([own], cancellation))[0], null);
        var both = await NodeExamination.RunAsync(
            [own, new NodeExamination("other build", other, otherEndpoint, plan.Http, progress, time)], cancellation);
        return (both[0], both[1]);
    }
}
