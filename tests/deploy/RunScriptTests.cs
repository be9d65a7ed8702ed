using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Sluice.LoadTest.Processes;
using Xunit;

namespace Sluice.Deploy.Tests;

/// <summary><c>./run</c> with a real node and its real database.</summary>
public sealed class RunScriptTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ANodeToldToStop_EndsCleanly_AndItsDatabaseWithIt()
    {
        await using var sandbox = Sandbox.Create();
        var run = Launch(sandbox);
        var url = await run.ReadyAsync();
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(url + HealthPaths.Live));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(url + HealthPaths.Ready));

        await Sandbox.SignalAsync("TERM", run.Id);

        Assert.Equal(0, await run.ExitCodeAsync());
        (await sandbox.PostgresAsync("status")).Refused(exitCode: 3);
    }

    [Fact]
    [Trait("run", "soak")]
    public async Task ASecondNodeOnTheSameData_IsRefused_AndTheFirstStays()
    {
        await using var sandbox = Sandbox.Create();
        var first = Launch(sandbox);
        var url = await first.ReadyAsync();

        var second = Launch(sandbox);
        Assert.Equal(1, await second.ExitCodeAsync());
        var reason = $"already running on {sandbox.Data} (process {NodeId(sandbox)})";
        Assert.Contains(reason, await second.Errors, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(url + HealthPaths.Ready));
        await Sandbox.SignalAsync("INT", first.Id);
        Assert.Equal(0, await first.ExitCodeAsync());
    }

    [Fact]
    public async Task APortInUse_IsSaid_BeforeAnythingIsBuiltOrStarted()
    {
        await using var sandbox = Sandbox.Create();
        using var inTheWay = new TcpListener(IPAddress.Loopback, 0);
        inTheWay.Start();
        var listen = $"http://{inTheWay.LocalEndpoint}";
        // Without SLUICE_SKIP_BUILD: it must not come as far as a build.
        var run = new NodeRun(
            sandbox.Launch("bash", new() { ["SLUICE_LISTEN"] = listen }, Repository.PathOf("run")));

        Assert.Equal(1, await run.ExitCodeAsync());
        Assert.Equal(
            $"sluice: SLUICE_LISTEN is {listen}, which another program listens on. "
            + "Stop it, or set SLUICE_LISTEN to another address",
            (await run.Errors).Trim());
    }

    [Fact]
    public async Task AKilledNode_EndsTheRun_WithItsExitCode_AndStopsTheDatabase()
    {
        await using var sandbox = Sandbox.Create();
        var run = Launch(sandbox);
        await run.ReadyAsync();

        await Sandbox.SignalAsync("KILL", NodeId(sandbox));

        Assert.Equal(128 + 9, await run.ExitCodeAsync());
        (await sandbox.PostgresAsync("status")).Refused(exitCode: 3);
    }

    [Fact]
    public async Task AfterEverythingWasKilledAtOnce_TheNextRunIsReady()
    {
        await using var sandbox = Sandbox.Create();
        var killed = Launch(sandbox);
        await killed.ReadyAsync();

        await Sandbox.SignalAsync("KILL", killed.Id, NodeId(sandbox), sandbox.ServerId());
        await killed.ExitCodeAsync();
        var next = Launch(sandbox);

        await next.ReadyAsync();
        await Sandbox.SignalAsync("TERM", next.Id);
        Assert.Equal(0, await next.ExitCodeAsync());
    }

    [Fact]
    [Trait("run", "soak")]
    public async Task WhenOnlyTheScriptIsKilled_TheNodeStops_AndTheNextRunTakesOver()
    {
        await using var sandbox = Sandbox.Create();
        var killed = Launch(sandbox);
        await killed.ReadyAsync();
        using var orphan = Process.GetProcessById(NodeId(sandbox));

        await Sandbox.SignalAsync("KILL", killed.Id);
        await orphan.WaitForExitAsync(Cancellation);
        var next = Launch(sandbox);

        await next.ReadyAsync();
        await Sandbox.SignalAsync("TERM", next.Id);
        Assert.Equal(0, await next.ExitCodeAsync());
    }

    private static NodeRun Launch(Sandbox sandbox)
    {
        var settings = new Dictionary<string, string>
        {
            ["SLUICE_SKIP_BUILD"] = "1",
            ["SLUICE_LISTEN"] = $"http://127.0.0.1:{FreePorts.Next()}",
            ["SLUICE_POSTGRES"] = "",
        };
        return new NodeRun(sandbox.Launch("bash", settings, Repository.PathOf("run")));
    }

    private static async Task<HttpStatusCode> StatusAsync(string url)
    {
        using var client = new HttpClient();
        using var response = await client.GetAsync(new Uri(url), Cancellation);
        return response.StatusCode;
    }

    private static int NodeId(Sandbox sandbox) => int.Parse(
        File.ReadAllText(Path.Combine(sandbox.Data, "node.pid")).Trim(), CultureInfo.InvariantCulture);
}
