using System.Globalization;
using Sluice.Simulation.Faults;
using Xunit;

namespace Sluice.Simulation.Runs;

public sealed class SimulationTests(ITestOutputHelper output)
{
    private const int Workers = 2;
    private const int FailuresMax = 20;
    private const int SeedsForCoverage = 500;

    [Fact]
    public void Simulator_HoldsAllInvariants_OverSeeds()
    {
        var seeds = Setting("SLUICE_SIM_SEEDS", 500);
        var from = Setting("SLUICE_SIM_FROM", 1);
        var coverage = new Coverage();
        var failures = new List<RunResult>();
        Parallel.For(0L, seeds, new ParallelOptions { MaxDegreeOfParallelism = Workers }, (i, loop) =>
        {
            var seed = (ulong)(from + i);
            var first = SimulationRun.Execute(seed);
            var second = SimulationRun.Execute(seed);
            if (first.Failure is null && first.Hash != second.Hash)
                first = first with { Failure = "two runs of this seed differ", Invariant = "determinism" };
            lock (coverage)
            {
                coverage.Add(first);
                if (first.Failure is not null)
                    failures.Add(first);
                if (failures.Count >= FailuresMax)
                    loop.Stop();
            }
        });

        output.WriteLine(coverage.Text());
        failures.Sort((a, b) => a.Seed.CompareTo(b.Seed));
        foreach (var group in failures.GroupBy(f => f.Invariant))
            output.WriteLine($"{group.Key}: seeds {string.Join(' ', group.Select(f => f.Seed))}");
        Assert.True(failures.Count == 0, failures.FirstOrDefault()?.Report());
        if (seeds < SeedsForCoverage)
            return;
        foreach (var what in Coverage.Expected)
            Assert.True(coverage.Of(what) > 0, $"over {seeds} seeds this never happened: {what}");
    }

    [Fact]
    public void Simulator_RunsTheSameWay_EveryTimeASeedIsReplayed()
    {
        var first = SimulationRun.Execute(7);
        var second = SimulationRun.Execute(7);
        var other = SimulationRun.Execute(8);
        Assert.Equal(first.Hash, second.Hash);
        Assert.NotEqual(first.Hash, other.Hash);
    }

    private static long Setting(string name, long usual) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } set
            ? long.Parse(set, NumberStyles.None, CultureInfo.InvariantCulture)
            : usual;
}
