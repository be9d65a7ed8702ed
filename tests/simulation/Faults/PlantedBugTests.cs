using Sluice.Simulation.Runs;
using Xunit;

namespace Sluice.Simulation.Faults;

/// <summary>
/// A simulator that finds nothing proves nothing: each of these mistakes must be found within few seeds.
/// </summary>
public sealed class PlantedBugTests(ITestOutputHelper output)
{
    private const ulong SeedsMax = 200;

    [Theory]
    [InlineData(nameof(PlantedBug.ReportsAsDeltas))]
    [InlineData(nameof(PlantedBug.GrantBeforePersist))]
    [InlineData(nameof(PlantedBug.NoFence))]
    [InlineData(nameof(PlantedBug.ExpiryByWallClock))]
    [InlineData(nameof(PlantedBug.RightsAcrossPeriods))]
    [InlineData(nameof(PlantedBug.RefusalBeforeLookUp))]
    [InlineData(nameof(PlantedBug.HoldLostWithSession))]
    [InlineData(nameof(PlantedBug.HoldEndedTwice))]
    [InlineData(nameof(PlantedBug.HoldFreedBeforeItsEnd))]
    public void Simulator_CatchesPlantedBug_WithinFewSeeds(string name)
    {
        var bug = Enum.Parse<PlantedBug>(name);
        for (ulong seed = 1; seed <= SeedsMax; seed++)
        {
            var run = SimulationRun.Execute(seed, bug);
            if (run.Invariant is null || !run.Invariant.StartsWith("INV", StringComparison.Ordinal))
                continue;
            output.WriteLine($"{bug}: seed {seed} finds {run.Failure}");
            return;
        }

        Assert.Fail($"{bug} was not found in {SeedsMax} seeds");
    }
}
