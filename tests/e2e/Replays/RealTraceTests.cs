using Sluice.EndToEnd.Audits;
using Sluice.EndToEnd.Scenes;
using Sluice.TestSupport.Processes;
using Xunit;

namespace Sluice.EndToEnd.Replays;

/// <summary>
/// Replays a recorded hour of real traffic as fast as the node accepts it, with <c>loadtest replay</c>: its exit code
/// says whether every key, project and tenant used exactly what was sent; this test compares the ledger too.
/// </summary>
public sealed class RealTraceTests
{
    private const long Events = 19_366;
    private const long Tokens = 26_450_535;

    [Theory]
    [Nodes(1)]
    [Nodes(3, Soak = true)]
    public async Task TheRecordedHourTwice_CountsOnce_AndInBatchesOnceMore(int nodes)
    {
        var trace = Repository.RealTraceOrSkip();
        await using var scene = await Scene.OpenAsync(new ScenePlan(nodes));

        await ReplayAsync(scene, trace, "--mode", "Consume", "--run-id", "hour");
        await AssertLedgerAsync(scene, passes: 1);
        await ReplayAsync(scene, trace, "--mode", "Consume", "--run-id", "hour", "--expect-duplicates");
        await AssertLedgerAsync(scene, passes: 1);
        await ReplayAsync(scene, trace, "--mode", "Batch", "--run-id", "hour-in-batches", "--repeat-ids");
        await AssertLedgerAsync(scene, passes: 2);
    }

    [Theory]
    [Nodes(1, Soak = true)]
    [Nodes(3, Soak = true)]
    public async Task TheRecordedHour_ReservedAndCommitted_CountsWhatWasReallyUsed(int nodes)
    {
        var trace = Repository.RealTraceOrSkip();
        await using var scene = await Scene.OpenAsync(new ScenePlan(nodes));

        await ReplayAsync(scene, trace, "--mode", "Reserve", "--run-id", "hour-reserved");
        await AssertLedgerAsync(scene, passes: 1);
        await ReplayAsync(scene, trace, "--mode", "Reserve", "--run-id", "hour-reserved", "--expect-duplicates");
        await AssertLedgerAsync(scene, passes: 1);
    }

    [Theory]
    [Nodes(1)]
    [Nodes(3, Soak = true)]
    public async Task ThreeThousandEventsOfTheHour_ReservedAndCommitted_CountsWhatWasReallyUsed(int nodes)
    {
        var trace = Repository.RealTraceOrSkip();
        await using var scene = await Scene.OpenAsync(new ScenePlan(nodes));

        await ReplayAsync(scene, trace, "--mode", "Reserve", "--run-id", "part", "--take", "3000");
        await ReplayAsync(
            scene, trace, "--mode", "Reserve", "--run-id", "part", "--take", "3000", "--expect-duplicates");
    }

    private static async Task ReplayAsync(Scene scene, string trace, params string[] arguments)
    {
        var program = Repository.ProgramOrSkip("loadtest", "Sluice.LoadTest");
        var environment = new Dictionary<string, string> { ["SLUICE_DATA"] = scene.Cluster.DataFolder };
        await using var replay = GuardedProcess.Start(
            environment,
            static _ => { },
            [
                "dotnet", program, "replay", "--url", scene.Target.BaseAddress.ToString(), "--trace", trace,
                "--speed", "0", .. arguments,
            ]);
        var code = await replay.Exited.WaitAsync(scene.Cancellation);
        Assert.True(code == 0, $"exit code {code}:\n{replay.LastLines}\n{scene.Cluster.LastLines}");
    }

    private static async Task AssertLedgerAsync(Scene scene, int passes)
    {
        var ledger = await LedgerReader.ReadAsync(scene.Store.ConnectionString, scene.Cancellation);
        var usage = ledger.Where(static r => r.IsUsage).ToArray();
        Assert.Equal(passes * Events, usage.Length);
        Assert.Equal(passes * Tokens, usage.Sum(static r => r.Tokens));
    }
}
