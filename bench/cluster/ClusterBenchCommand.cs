using System.CommandLine;
using Sluice.Bench.Cluster.Calls;
using Sluice.Bench.Cluster.Contenders;
using Sluice.Bench.Cluster.Naive;
using Sluice.Bench.Cluster.Reports;
using Sluice.Bench.Contenders;
using Sluice.Bench.Core;
using Sluice.Bench.Http;
using Sluice.Bench.Peers;
using Sluice.Bench.Processes;
using Sluice.Bench.Reports;
using Sluice.LoadTest.Events;
using Sluice.LoadTest.Management;

namespace Sluice.Bench.Cluster;

/// <summary>Measures clusters side by side and writes their part of the page.</summary>
internal sealed class ClusterBenchCommand
{
    private const int Nodes = 3;

    private readonly Option<int> _seconds = new("--seconds")
    {
        Description = "Length of each measurement",
        DefaultValueFactory = _ => 5,
    };

    private readonly Option<int> _rounds = new("--rounds")
    {
        Description = "Measurements of each row; the table shows the median",
        DefaultValueFactory = _ => 3,
    };

    private readonly Option<int> _connections = new("--connections")
    {
        Description = "Connections of the load generator, dealt to the nodes in turn",
        DefaultValueFactory = _ => 96,
    };

    private readonly Option<string> _out = new("--out")
    {
        Description = "The page to update",
        DefaultValueFactory = _ => Path.Combine(Repository.Root, "docs", "benchmarks.md"),
    };

    public static RootCommand Create()
    {
        var bench = new ClusterBenchCommand();
        var command = new RootCommand("Measures Sluice as a cluster beside naive grains, in one run on one machine.")
        {
            bench._seconds, bench._rounds, bench._connections, bench._out,
        };
        command.SetAction(bench.RunAsync);
        var peer = new Command(NaiveCluster.Command, "Run as a silo of the naive peer") { Hidden = true };
        peer.SetAction((_, _) => NaivePeer.RunAsync(
            Environment.GetEnvironmentVariable(PeerProcess.StoreVariable)!));
        command.Add(peer);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        LoadGenerator.Tune();
        var time = TimeProvider.System;
        var pagePath = Path.GetFullPath(parsed.GetValue(_out)!);
        var page = await File.ReadAllTextAsync(pagePath, cancellation);
        var chartPath = $"{Path.ChangeExtension(pagePath, null)}-cluster.svg";
        var plan = new HttpPlan(
            TimeSpan.FromSeconds(parsed.GetValue(_seconds)),
            parsed.GetValue(_rounds),
            parsed.GetValue(_connections));
        var machine = await MachineFacts.ReadAsync(cancellation);
        var origin = machine.Describe(
            $"dotnet run -c Release --project bench/cluster -- --seconds {parsed.GetValue(_seconds)} "
            + $"--rounds {plan.Rounds} --connections {plan.Connections}",
            time.GetUtcNow());
        var report = await MeasureAsync(plan, chartPath, time, cancellation);
        await File.WriteAllTextAsync(
            pagePath, BenchmarkPage.Replace(page, "cluster", origin + report), cancellation);
        return 0;
    }

    private static async Task<string> MeasureAsync(
        HttpPlan plan, string chartPath, TimeProvider time, CancellationToken cancellation)
    {
        // First, while nothing else runs.
        var measurement = new CoreMeasurement(time);
        var admission = measurement.Measure(new AdmissionBenchmark(settles: false));
        var grainCall = await GrainCall.MeasureAsync(measurement, cancellation);

        await using var one = new SluiceCluster(1, time);
        await using var sluice = new SluiceCluster(Nodes, time);
        await using var oneNaive = new NaiveCluster(1, time);
        await using var naive = new NaiveCluster(Nodes, time);
        var comparison = new HttpComparison(plan, Console.Error, time);
        var results = await comparison.RunAsync(
            Rows(plan.Connections, (one, sluice), (oneNaive, naive)), cancellation);
        var calls = comparison.EndpointOf(sluice) is { } endpoint
            ? await CountAuthorityCallsAsync(sluice, endpoint, plan, time, cancellation)
            : [];
        await File.WriteAllTextAsync(chartPath, BarChart.Draw(results), cancellation);
        return ClusterReport.Write(
            results, new ClusterFacts(admission, grainCall, calls), Path.GetFileName(chartPath));
    }

    /// <summary>As <see cref="ClusterRows"/> has them.</summary>
    private static HttpRow[] Rows(
        int connections, (IContender One, IContender All) sluice, (IContender One, IContender All) naive)
    {
        const int Hot = PeerScopes.KeysPerTenant;
        return
        [
            Row("Sluice, 1 node, durable", sluice.One, AckMode.Durable),
            Row("Sluice, 1 node, memory ack", sluice.One, AckMode.Memory),
            Row("Sluice, 3 nodes, durable", sluice.All, AckMode.Durable),
            Row("Sluice, 3 nodes, memory ack", sluice.All, AckMode.Memory),
            Row("Sluice, 3 nodes, durable, hot tenant", sluice.All, AckMode.Durable, Hot),
            Row("Sluice, 3 nodes, memory, hot tenant", sluice.All, AckMode.Memory, Hot),
            Row("naive grains, 1 node", naive.One, AckMode.Durable),
            Row("naive grains, 3 nodes", naive.All, AckMode.Durable),
            Row("naive grains, 3 nodes, hot tenant", naive.All, AckMode.Durable, Hot),
        ];

        HttpRow Row(string name, IContender contender, AckMode ack, int? keys = null) =>
            new(name, contender, SendMode.Consume, ack, connections, keys);
    }

    private static async Task<IReadOnlyList<(int, double)>> CountAuthorityCallsAsync(
        SluiceCluster sluice, Endpoint endpoint, HttpPlan plan, TimeProvider time, CancellationToken cancellation)
    {
        try
        {
            return await new AuthorityCallRates(sluice.Calls, endpoint, plan, Console.Error, time)
                .MeasureAsync(cancellation);
        }
        catch (ManagementException missing)
        {
            await Console.Error.WriteLineAsync($"not measured: {missing.Message}");
            return [];
        }
    }
}
