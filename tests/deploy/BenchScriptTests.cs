using Xunit;

namespace Sluice.Deploy.Tests;

/// <summary><c>./run bench cluster</c> before it has anything to run.</summary>
public sealed class BenchScriptTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task WithoutOrleans_TheClustersBenchmarks_SaySoInALine()
    {
        const string Feed = """
            echo "a.csproj : error NU1101: Unable to find package Microsoft.Orleans.Server. No packages exist"
            echo "a.csproj : error NU1101: Unable to find package Microsoft.Orleans.Clustering.AdoNet. No packages"
            exit 1
            """;

        var (code, errors) = await RunAsync(Feed);

        Assert.Equal(1, code);
        Assert.Equal(
            "sluice: the benchmarks of the cluster can't run: the package feed does not have "
                + "Microsoft.Orleans.Clustering.AdoNet Microsoft.Orleans.Server",
            errors.Trim());
    }

    [Fact]
    public async Task AnyOtherTroubleWithPackages_IsShownAsItIs()
    {
        var (code, errors) = await RunAsync("""
            echo "a.csproj : error NU1301: Unable to load the service index"
            exit 1
            """);

        Assert.Equal(1, code);
        Assert.Contains("error NU1301: Unable to load the service index", errors, StringComparison.Ordinal);
        Assert.Contains("the packages can't be restored", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithOrleans_TheClustersProgramRuns_WithWhatFollows()
    {
        var (code, errors) = await RunAsync("""
            [ "$1" = run ] && echo "$@" >&2
            exit 0
            """);

        Assert.Equal(0, code);
        Assert.Equal(
            $"run -c Release --project {Repository.PathOf("bench", "cluster")} -- --rounds 1", errors.Trim());
    }

    /// <summary>Runs the script with a <c>dotnet</c> that does what it is told here.</summary>
    private static async Task<(int Code, string Errors)> RunAsync(string dotnet)
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
        var run = sandbox.Launch(
            "bash", settings, Repository.PathOf("run"), "bench", "cluster", "--rounds", "1");
        var output = run.StandardOutput.ReadToEndAsync(Cancellation);
        var errors = await run.StandardError.ReadToEndAsync(Cancellation);
        await output;
        await run.WaitForExitAsync(Cancellation);
        return (run.ExitCode, errors);
    }
}
