using Xunit;

namespace Sluice.Deploy.Tests.Scripts;

/// <summary><c>.ci/run</c>: the same as <c>./test</c>, with packages of its own.</summary>
public sealed class CiScriptTests
{
    [Theory]
    [InlineData(nameof(Specimens.Passes), 0)]
    [InlineData(nameof(Specimens.Fails), 1)]
    public async Task ItEndsAsTheTestsDo_WithAnEmptyPackageCache(string specimen, int exitCode)
    {
        await using var run = TestRun.Create().With("some", specimen);

        var result = await run.RunAsync(script: ".ci/run");

        Assert.Equal(exitCode, result.ExitCode);
        Assert.EndsWith(
            exitCode == 0 ? "\n1 passed, 0 failed, 0 skipped\n" : "\n0 passed, 1 failed, 0 skipped\n",
            result.Output,
            StringComparison.Ordinal);
        var (folder, entries) = Assert.Single(run.Builds());
        Assert.Equal(0, entries);
        Assert.False(Directory.Exists(folder), "the package cache is still there");
    }

    [Fact]
    public async Task ASignal_EndsTheTests_AndThePackageCacheGoes()
    {
        await using var run = TestRun.Create().With("hanging", nameof(Specimens.Hangs));
        var script = run.Launch(script: ".ci/run");
        var started = await run.HangsAsync();

        await Sandbox.SignalAsync("TERM", script.Id);

        (await TestRun.EndOfAsync(script)).Refused();
        Assert.False(TestRun.IsAlive(started), "what the test started still runs");
        Assert.False(Directory.Exists(Assert.Single(run.Builds()).Folder), "the package cache is still there");
    }
}
