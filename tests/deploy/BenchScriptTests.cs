using Xunit;

namespace Sluice.Deploy.Tests;

/// <summary><c>./run bench</c> hands everything to the program of the benchmarks.</summary>
public sealed class BenchScriptTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("--rounds", "1")]
    [InlineData("cluster", "--rounds", "1")]
    public async Task TheOneProgramOfBenchmarks_Runs_WithAllArguments(params string[] arguments)
    {
        var (code, errors) = await RunAsync("""[ "$1" = run ] && echo "$@" >&2""", arguments);

        Assert.Equal(0, code);
        Assert.Equal(
            $"run -c Release --project {Repository.PathOf("bench")} -- {string.Join(' ', arguments)}", errors.Trim());
    }

    [Fact]
    public async Task BenchmarksThatFail_EndTheScript_WithTheirExitCode()
    {
        var (code, errors) = await RunAsync("echo 'a bar was not reached' >&2; exit 3", "core");

        Assert.Equal(3, code);
        Assert.Equal("a bar was not reached", errors.Trim());
    }

    /// <summary>Runs <c>./run bench</c> with a <c>dotnet</c> that is this script.</summary>
    private static async Task<(int Code, string Errors)> RunAsync(string dotnet, params string[] arguments)
    {
        await using var sandbox = Sandbox.Create();
        var bin = Directory.CreateDirectory(Path.Combine(sandbox.Folder, "bin"));
        var program = Path.Combine(bin.FullName, "dotnet");
        await File.WriteAllTextAsync(program, $"#!/bin/sh\n{dotnet}\n", Cancellation);
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var settings = new Dictionary<string, string>
        {
            ["PATH"] = $"{bin.FullName}:{Environment.GetEnvironmentVariable("PATH")}",
        };
        var run = sandbox.Launch("bash", settings, [Repository.PathOf("run"), "bench", .. arguments]);
        var output = run.StandardOutput.ReadToEndAsync(Cancellation);
        var errors = await run.StandardError.ReadToEndAsync(Cancellation);
        await output;
        await run.WaitForExitAsync(Cancellation);
        return (run.ExitCode, errors);
    }
}
