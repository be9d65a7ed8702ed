using Xunit;

namespace Sluice.Deploy.Tests.Scripts;

/// <summary><c>./test</c>: what it counts, reports and ends.</summary>
public sealed class TestScriptTests
{
    private const string Specimen = "Sluice.Deploy.Tests.Scripts.Specimens";

    [Fact]
    public async Task AllProjects_AreCounted_AndFailuresShown()
    {
        await using var run = TestRun.Create()
            .With("first", nameof(Specimens.Passes), nameof(Specimens.PrintsSomething))
            .With("second", nameof(Specimens.Fails), nameof(Specimens.IsSkipped))
            .With("third", nameof(Specimens.Passes));

        var result = await run.RunAsync();

        result.Refused();
        EndsWith("3 passed, 1 failed, 1 skipped", result);
        Shows(
            result,
            $"    {Specimen}.Fails [FAIL]",
            "      Xunit.Sdk.FailException: expected \"one\" of D:\\new,",
            "      found ‘none’ [\"a\",\"b\"]",
            $"    {Specimen}.IsSkipped [SKIP]",
            "      only on a \"Tuesday\"",
            $"  {Specimen}.Fails");
        Assert.Matches(
            $@"(?s)\nslowest:\n(  +\d+\.\d s  {Specimen}[^\n]*\n){{5}}3 passed, 1 failed, 1 skipped\n$", result.Output);
        foreach (var line in (string[])
            ["first: 2 passed, 0 failed, 0 skipped", "second: 0 passed, 1 failed, 1 skipped"])
            Assert.Contains($"\n{line} (", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ALongListOfTests_IsCounted_AndTheSlowestAreTen()
    {
        await using var run = TestRun.Create().With("many", nameof(Specimens.HasALongName));

        var result = await run.RunAsync();

        result.Succeeded();
        EndsWith($"{Specimens.RowCount} passed, 0 failed, 0 skipped", result);
        Assert.Matches(@"(?s)\nslowest:\n(  +\d+\.\d s  [^\n]*\n){10}100 passed", result.Output);
    }

    [Fact]
    public async Task AHangingTest_IsNamed_AndItsProjectEnds()
    {
        await using var run = TestRun.Create()
            .With("hanging", nameof(Specimens.Hangs))
            .With("long", nameof(Specimens.OutlivesTheOneThatHangs))
            .With("other", nameof(Specimens.Passes));

        var result = await run.RunAsync(new() { ["SLUICE_TEST_LIMIT_S"] = "5" });

        result.Refused();
        EndsWith("2 passed, 1 failed, 0 skipped", result);
        Shows(
            result,
            $"hanging hangs: {Specimen}.Hangs has been running for 5 s",
            $"    {Specimen}.Hangs [NOT FINISHED]",
            $"  {Specimen}.Hangs");
        Assert.False(TestRun.IsAlive(await run.HangsAsync()), "what the test started still runs");
    }

    [Fact]
    public async Task ATestProgramThatDies_HasFailed()
    {
        await using var run = TestRun.Create().With("dying", nameof(Specimens.Dies));

        var result = await run.RunAsync();

        result.Refused();
        EndsWith("0 passed, 1 failed, 0 skipped", result);
        Shows(result, $"    {Specimen}.Dies [NOT FINISHED]");
    }

    [Fact]
    public async Task TheWholeRun_HasALimit_AndWhatDidNotRunHasFailed()
    {
        await using var run = TestRun.Create()
            .With("first", nameof(Specimens.Hangs))
            .With("second", nameof(Specimens.Hangs))
            .With("third", nameof(Specimens.Passes));

        var result = await run.RunAsync(new() { ["SLUICE_RUN_LIMIT_S"] = "3" });

        result.Refused();
        EndsWith("0 passed, 3 failed, 0 skipped", result);
        Shows(result, "the whole run has taken its 3 s", "third did not run");
    }

    [Fact]
    public async Task LongTests_RunInSoakOnly()
    {
        await using var run = TestRun.Create().With("some", nameof(Specimens.Passes), nameof(Specimens.IsLong));

        EndsWith("1 passed, 0 failed, 0 skipped", await run.RunAsync());
        EndsWith("2 passed, 0 failed, 0 skipped", await run.RunAsync(arguments: "soak"));
    }

    [Fact]
    public async Task OneProject_RunsWithItsArguments()
    {
        await using var run = TestRun.Create()
            .With("some", nameof(Specimens.Passes), nameof(Specimens.Fails))
            .With("other", nameof(Specimens.Fails));

        var result = await run.RunAsync(arguments: ["some", "-method-", $"{Specimen}.Fails"]);

        result.Succeeded();
        EndsWith("1 passed, 0 failed, 0 skipped", result);
    }

    [Fact]
    public async Task ABuildThatFails_IsShown()
    {
        await using var run = TestRun.Create().With("some", nameof(Specimens.Passes));
        await File.WriteAllTextAsync(
            Path.Combine(run.Data, "broken"), "", TestContext.Current.CancellationToken);

        var result = await run.RunAsync();

        result.Refused();
        Shows(result, "error CS0103: broken", "the build failed");
        EndsWith("0 passed, 0 failed, 0 skipped", result);
    }

    [Fact]
    public async Task ASignal_EndsWhatRuns()
    {
        await using var run = TestRun.Create().With("hanging", nameof(Specimens.Hangs));
        var script = run.Launch();
        var started = await run.HangsAsync();

        await Sandbox.SignalAsync("TERM", script.Id);

        var result = await TestRun.EndOfAsync(script);
        result.Refused();
        Assert.False(TestRun.IsAlive(started), "what the test started still runs");
        EndsWith("0 passed, 0 failed, 0 skipped", result);
    }

    private static void EndsWith(string lastLine, ScriptResult result) => Assert.True(
        result.Output.EndsWith($"\n{lastLine}\n", StringComparison.Ordinal), $"{result.Output}\n{result.Errors}");

    private static void Shows(ScriptResult result, params ReadOnlySpan<string> lines)
    {
        foreach (var line in lines)
            Assert.Contains($"\n{line}\n", result.Output, StringComparison.Ordinal);
    }
}
