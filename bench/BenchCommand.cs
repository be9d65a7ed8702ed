using System.CommandLine;
using Sluice.Bench.Contenders;
using Sluice.Bench.Core;
using Sluice.Bench.Http;
using Sluice.Bench.Processes;
using Sluice.Bench.Reports;
using Sluice.LoadTest.Events;

namespace Sluice.Bench;

/// <summary>Runs the benchmarks side by side and writes their page.</summary>
internal sealed class BenchCommand
{
    private readonly Argument<string> _what = new("what")
    {
        Description = "http: against peers, over HTTP; core: operations of the core; all: both. The cluster's are in a "
            + "program of their own, bench/cluster",
        DefaultValueFactory = _ => "all",
    };

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
        Description = "Connections of the load generator",
        DefaultValueFactory = _ => 64,
    };

    private readonly Option<string> _out = new("--out")
    {
        Description = "The page to update",
        DefaultValueFactory = _ => Path.Combine(Repository.Root, "docs", "benchmarks.md"),
    };

    public static RootCommand Create()
    {
        var bench = new BenchCommand();
        var command = new RootCommand("Measures Sluice beside its peers, all in one run on one machine.")
        {
            bench._what, bench._seconds, bench._rounds, bench._connections, bench._out,
        };
        bench._what.AcceptOnlyFromAmong("http", "core", "all");
        command.SetAction(bench.RunAsync);
        command.Add(PeerCommand.Create());
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        LoadGenerator.Tune();
        var time = TimeProvider.System;
        var what = parsed.GetValue(_what);
        var pagePath = Path.GetFullPath(parsed.GetValue(_out)!);
        var page = await File.ReadAllTextAsync(pagePath, cancellation);
        var origin = await DescribeOriginAsync(parsed, time, cancellation);
        if (what is "core" or "all")
            page = BenchmarkPage.Replace(page, "core", origin + MeasureCore(time));
        if (what is "http" or "all")
        {
            var chartPath = Path.ChangeExtension(pagePath, ".svg");
            var plan = new HttpPlan(
                TimeSpan.FromSeconds(parsed.GetValue(_seconds)),
                parsed.GetValue(_rounds),
                parsed.GetValue(_connections));
            page = BenchmarkPage.Replace(
                page, "http", origin + await MeasureHttpAsync(plan, chartPath, time, cancellation));
        }

        await File.WriteAllTextAsync(pagePath, page, cancellation);
        return 0;
    }

    private static string MeasureCore(TimeProvider time)
    {
        var measurement = new CoreMeasurement(time);
        return CoreReport.Write([.. CoreBenchmarks.All.Select(measurement.Measure)]);
    }

    private static async Task<string> MeasureHttpAsync(
        HttpPlan plan, string chartPath, TimeProvider time, CancellationToken cancellation)
    {
        await using var echo = new EchoContender(time);
        await using var sluice = new SluiceContender(time);
        await using var postgres = new PostgresContender(time);
        await using var redis = new RedisContender(time);
        HttpRow[] rows =
        [
            new("empty echo endpoint", echo, SendMode.Consume, AckMode.Durable, plan.Connections),
            new("Sluice, durable", sluice, SendMode.Consume, AckMode.Durable, plan.Connections),
            new("Sluice, memory ack (no ids)", sluice, SendMode.Consume, AckMode.Memory, plan.Connections),
            new("empty echo endpoint", echo, SendMode.Consume, AckMode.Durable, plan.ManyConnections),
            new("Sluice, durable", sluice, SendMode.Consume, AckMode.Durable, plan.ManyConnections),
            new("Sluice, memory ack (no ids)", sluice, SendMode.Consume, AckMode.Memory, plan.ManyConnections),
            new("Sluice, durable, batches of 1,000", sluice, SendMode.Batch, AckMode.Durable, plan.BatchConnections),
            new("PostgreSQL transaction each", postgres, SendMode.Consume, AckMode.Durable, plan.Connections),
            new("Redis script, fsync always", redis, SendMode.Consume, AckMode.Durable, plan.Connections),
        ];
        var comparison = new HttpComparison(plan, Console.Error, time);
        var results = await comparison.RunAsync(rows, cancellation);
        var facts = comparison.EndpointOf(sluice) is { } endpoint
            ? await new NodeExamination(sluice, endpoint, plan, Console.Error, time).RunAsync(cancellation)
            : null;
        await File.WriteAllTextAsync(chartPath, BarChart.Draw(results), cancellation);
        return HttpReport.Write(
            results, Bars.Of(HttpRows.From(results), facts), facts, Path.GetFileName(chartPath));
    }

    private async Task<string> DescribeOriginAsync(
        ParseResult parsed, TimeProvider time, CancellationToken cancellation)
    {
        var machine = await MachineFacts.ReadAsync(cancellation);
        var command = $"dotnet run -c Release --project bench -- {parsed.GetValue(_what)} "
            + $"--seconds {parsed.GetValue(_seconds)} --rounds {parsed.GetValue(_rounds)} "
            + $"--connections {parsed.GetValue(_connections)}";
        return machine.Describe(command, time.GetUtcNow());
    }
}
