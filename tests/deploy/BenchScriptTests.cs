using Xunit;

namespace Sluice.Deploy.Tests;

/// <summary><c>./run bench</c>: which program it runs.</summary>
public sealed class BenchScriptTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TheBenchmarks_RunWithWhatFollows()
    {
        await using var sandbox = Sandbox.Create();
        var bin = Directory.CreateDirectory(Path.Combine(sandbox.Folder, "bin"));
        var program = Path.Combine(bin.FullName, "dotnet");
        await File.WriteAllTextAsync(program, "#!/bin/sh\necho \"$@\"\n", Cancellation);
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var settings = new Dictionary<string, string>
        {
            ["PATH"] = $"{bin.FullName}:{Environment.GetEnvironmentVariable("PATH")}",
        };

        var run = sandbox.Launch(
            "bash", settings, Repository.PathOf("run"), "bench", "cluster", "--rounds", "1");

        Assert.Equal(
            $"run -c Release --project {Repository.PathOf("bench")} -- cluster --rounds 1",
            (await run.StandardOutput.ReadToEndAsync(Cancellation)).Trim());
        await run.WaitForExitAsync(Cancellation);
        Assert.Equal(0, run.ExitCode);
    }
}
