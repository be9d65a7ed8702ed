using System.Globalization;
using Sluice.Simulation.Faults;
using Xunit;

namespace Sluice.Simulation.Runs;

public sealed class SimulationTests(ITestOutputHelper output)
{
    private const int Workers = 2;

    [Fact]
    public void Simulator_HoldsAllInvariants_OverSeeds()
    {
        var seeds = Setting("SLUICE_SIM_SEEDS", 2_000);
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
                if (failures.Count >= 60)
                    loop.Stop();
            }
        });

        output.WriteLine(coverage.Text());
        failures.Sort((a, b) => a.Seed.CompareTo(b.Seed));
        foreach (var group in failures.GroupBy(f => f.Invariant))
            output.WriteLine($"{group.Key}: {group.Count()} seeds, {string.Join(' ', group.Select(f => f.Seed).Take(12))}");
        Assert.True(failures.Count == 0, failures.FirstOrDefault()?.Report());
    }

    private static long Setting(string name, long usual) =>
        long.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var set)
            ? set
            : usual;
}
