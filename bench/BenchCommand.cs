using System.CommandLine;
using Sluice.Bench.Http;
using Sluice.Bench.Processes;
using Sluice.Bench.Reports;
using Sluice.Bench.Sections;

namespace Sluice.Bench;

/// <summary>Measures sections of the benchmark page and writes them.</summary>
internal sealed class BenchCommand
{
    private const int HttpConnections = 64;
    private const int ClusterConnections = 96;

    private readonly Argument<string> _what = new("what")
    {
        Description = "core: operations of the core; http: one node against peers; cluster: clusters against naive "
            + "grains; all: all of them",
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

    private readonly Option<int?> _connections = new("--connections")
    {
        Description = "Connections of the load generator, dealt to the nodes in turn; "
            + $"{HttpConnections} for http and {ClusterConnections} for cluster unless given",
    };

    private readonly Option<FileInfo> _against = new Option<FileInfo>("--against")
    {
        Description = "The node's program (.dll) of another build, to measure in turn with this one in http and "
            + "cluster; for cluster, one whose nodes form clusters",
    }.AcceptExistingOnly();

    private readonly Option<string> _out = new("--out")
    {
        Description = "The page to update, or to create",
        DefaultValueFactory = _ => Path.Combine(Repository.Root, "docs", "benchmarks.md"),
    };

    public static RootCommand Create()
    {
        var bench = new BenchCommand();
        var command = new RootCommand("Measures Sluice beside its peers, all in one run on one machine.")
        {
            bench._what, bench._seconds, bench._rounds, bench._connections, bench._against, bench._out,
        };
        bench._what.AcceptOnlyFromAmong("core", "http", "cluster", "all");
        command.SetAction(bench.RunAsync);
        command.Add(PeerCommand.Create());
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        LoadGenerator.Tune();
        var pagePath = Path.GetFullPath(parsed.GetValue(_out)!);
        var page = await BenchmarkPage.ReadAsync(pagePath, cancellation);
        var machine = await MachineFacts.ReadAsync(cancellation);
        foreach (var section in Sections(parsed, pagePath, TimeProvider.System))
        {
            var origin = machine.Describe(
                $"dotnet run -c Release --project bench -- {section.Arguments}", TimeProvider.System.GetUtcNow());
            page = BenchmarkPage.Replace(page, section.Name, origin + await section.MeasureAsync(cancellation));

            // Write each section at once: a later one that fails must not lose those before it.
            await File.WriteAllTextAsync(pagePath, page, cancellation);
        }

        return 0;
    }

    private IEnumerable<ISection> Sections(ParseResult parsed, string pagePath, TimeProvider time)
    {
        var what = parsed.GetValue(_what);
        var withoutExtension = Path.ChangeExtension(pagePath, null);
        ISection[] all =
        [
            new CoreSection(),
            new HttpSection(Plan(HttpConnections, $"{withoutExtension}.svg"), Console.Error, time),
            new ClusterSection(Plan(ClusterConnections, $"{withoutExtension}-cluster.svg"), Console.Error, time),
        ];
        return all.Where(section => what == "all" || what == section.Name);

        SectionPlan Plan(int connections, string chartPath) => new(
            new HttpPlan(
                TimeSpan.FromSeconds(parsed.GetValue(_seconds)),
                parsed.GetValue(_rounds),
                parsed.GetValue(_connections) ?? connections),
            parsed.GetValue(_against)?.FullName,
            chartPath);
    }
}
