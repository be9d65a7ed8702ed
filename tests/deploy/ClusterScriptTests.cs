using System.Diagnostics;
using System.Net;
using Sluice.LoadTest.Processes;
using Xunit;

namespace Sluice.Deploy.Tests;

/// <summary><c>./run cluster</c> with real nodes on their real database; no test sets a port between them.</summary>
public sealed class ClusterScriptTests
{
    private const int Nodes = 2;

    /// <summary>Maximum log lines in the life of a small cluster of which one node is killed.</summary>
    private const int LinesMax = 20;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AClusterToldToStop_EndsCleanly_AndItsDatabaseWithIt()
    {
        await using var sandbox = Sandbox.Create();
        var settings = ClusterRun.Settings(Nodes);
        var run = ClusterRun.Launch(sandbox, Nodes, settings);
        var urls = await run.ReadyAsync(Nodes);
        Assert.Equal(settings["SLUICE_LISTEN"], urls[0]);
        foreach (var url in urls)
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(url + HealthPaths.Ready));
        using var first = Process.GetProcessById(ClusterRun.NodeId(sandbox, 0));
        using var second = Process.GetProcessById(ClusterRun.NodeId(sandbox, 1));

        await Sandbox.SignalAsync("TERM", run.Id);

        Assert.Equal(0, await run.ExitCodeAsync());
        Assert.True(first.HasExited && second.HasExited, "a node has survived the run");
        (await sandbox.PostgresAsync("status")).Refused(exitCode: 3);
    }

    [Fact]
    public async Task AKilledNode_IsStartedAgain_AndTheOthersStay()
    {
        await using var sandbox = Sandbox.Create();
        var run = ClusterRun.Launch(sandbox, Nodes, ClusterRun.Settings(Nodes));
        var urls = await run.ReadyAsync(Nodes);
        var (killed, other) = (ClusterRun.NodeId(sandbox, 1), ClusterRun.NodeId(sandbox, 0));

        await Sandbox.SignalAsync("KILL", killed);

        Assert.Equal(urls[1], await run.ReadyAsync());
        Assert.NotEqual(killed, ClusterRun.NodeId(sandbox, 1));
        Assert.Equal(other, ClusterRun.NodeId(sandbox, 0));
        await Sandbox.SignalAsync("INT", run.Id);
        Assert.Equal(0, await run.ExitCodeAsync());
        Assert.Contains(
            "node 1 ended by itself (exit code 137) and is started again", await run.Errors, StringComparison.Ordinal);

        // Start, death, return and stop of both nodes, for someone who is woken by them.
        var lines = (await run.Output).Split('\n');
        Assert.Single(lines, static line => line.Contains("node-1 on ", StringComparison.Ordinal)
            && line.Contains(" is dead ", StringComparison.Ordinal));
        Assert.True(lines.Length <= LinesMax, string.Join('\n', lines));
    }

    [Fact]
    [Trait("run", "soak")]
    public async Task WhenOnlyTheScriptIsKilled_AllNodesStop()
    {
        await using var sandbox = Sandbox.Create();
        var killed = ClusterRun.Launch(sandbox, Nodes, ClusterRun.Settings(Nodes));
        await killed.ReadyAsync(Nodes);
        using var first = Process.GetProcessById(ClusterRun.NodeId(sandbox, 0));
        using var second = Process.GetProcessById(ClusterRun.NodeId(sandbox, 1));

        await Sandbox.SignalAsync("KILL", killed.Id);

        await first.WaitForExitAsync(Cancellation);
        await second.WaitForExitAsync(Cancellation);
    }

    [Fact]
    [Trait("run", "soak")]
    public async Task ASignalWhileNodesStart_StopsAllThatWasStarted()
    {
        await using var sandbox = Sandbox.Create();
        var run = ClusterRun.Launch(sandbox, Nodes, ClusterRun.Settings(Nodes));
        await sandbox.AppearsAsync("operator-token");

        await Sandbox.SignalAsync("INT", run.Id);

        Assert.Equal(0, await run.ExitCodeAsync());
        (await sandbox.PostgresAsync("status")).Refused(exitCode: 3);
    }

    [Fact]
    public async Task WrongSettings_EndTheRun_WithWhatIsWrong()
    {
        await using var sandbox = Sandbox.Create();
        var settings = ClusterRun.Settings(1);
        settings["SLUICE_ROLE"] = "boss";

        var run = ClusterRun.Launch(sandbox, 1, settings);

        Assert.Equal(1, await run.ExitCodeAsync());
        Assert.Contains("SLUICE_ROLE is 'boss'", await run.Errors, StringComparison.Ordinal);
        (await sandbox.PostgresAsync("status")).Refused(exitCode: 3);
    }

    [Fact]
    public async Task ANodeThatNeverGetsReady_EndsTheRun_InsteadOfStartingForEver()
    {
        await using var sandbox = Sandbox.Create();
        var settings = ClusterRun.Settings(1);
        settings["SLUICE_POSTGRES"] = $"Host=127.0.0.1;Port={FreePorts.Next()};Username=nobody;Database=none";

        var run = ClusterRun.Launch(sandbox, 1, settings);

        Assert.Equal(1, await run.ExitCodeAsync());
        Assert.Contains("node 0 has ended 3 times without getting ready", await run.Errors, StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode> StatusAsync(string url)
    {
        using var client = new HttpClient();
        using var response = await client.GetAsync(new Uri(url), Cancellation);
        return response.StatusCode;
    }
}
