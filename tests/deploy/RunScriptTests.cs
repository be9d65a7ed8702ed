using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace Sluice.Deploy.Tests;

/// <summary><c>./run</c> with the real node and its real database.</summary>
public sealed class RunScriptTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ANodeToldToStop_EndsCleanly_AndItsDatabaseWithIt()
    {
        await using var sandbox = Sandbox.Create();
        var run = Launch(sandbox);
        var url = await ReadyAsync(run);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync($"{url}/health/ready"));

        await Sandbox.SignalAsync("TERM", run.Id);

        Assert.Equal(0, await ExitCodeAsync(run));
        (await sandbox.PostgresAsync("status")).Refused(exitCode: 3);
    }

    [Fact]
    public async Task ASecondNodeOnTheSameData_IsRefused_AndTheFirstStays()
    {
        await using var sandbox = Sandbox.Create();
        var first = Launch(sandbox);
        var url = await ReadyAsync(first);

        var second = Launch(sandbox);
        var refusal = second.StandardError.ReadToEndAsync(Cancellation);

        Assert.Equal(1, await ExitCodeAsync(second));
        var reason = $"already running on {sandbox.Data} (process {NodeId(sandbox)})";
        Assert.Contains(reason, await refusal, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync($"{url}/health/ready"));
        await Sandbox.SignalAsync("INT", first.Id);
        Assert.Equal(0, await ExitCodeAsync(first));
    }

    [Fact]
    public async Task AKilledNode_EndsTheRun_WithItsExitCode_AndStopsTheDatabase()
    {
        await using var sandbox = Sandbox.Create();
        var run = Launch(sandbox);
        await ReadyAsync(run);

        await Sandbox.SignalAsync("KILL", NodeId(sandbox));

        Assert.Equal(128 + 9, await ExitCodeAsync(run));
        (await sandbox.PostgresAsync("status")).Refused(exitCode: 3);
    }

    [Fact]
    public async Task AfterEverythingWasKilledAtOnce_TheNextRunIsReady()
    {
        await using var sandbox = Sandbox.Create();
        var killed = Launch(sandbox);
        await ReadyAsync(killed);

        await Sandbox.SignalAsync("KILL", killed.Id, NodeId(sandbox), sandbox.ServerId());
        await killed.WaitForExitAsync(Cancellation);
        var next = Launch(sandbox);

        await ReadyAsync(next);
        await Sandbox.SignalAsync("TERM", next.Id);
        Assert.Equal(0, await ExitCodeAsync(next));
    }

    [Fact]
    public async Task WhenOnlyTheScriptIsKilled_TheNodeStops_AndTheNextRunTakesOver()
    {
        await using var sandbox = Sandbox.Create();
        var killed = Launch(sandbox);
        await ReadyAsync(killed);
        using var orphan = Process.GetProcessById(NodeId(sandbox));

        await Sandbox.SignalAsync("KILL", killed.Id);
        await orphan.WaitForExitAsync(Cancellation);
        var next = Launch(sandbox);

        await ReadyAsync(next);
        await Sandbox.SignalAsync("TERM", next.Id);
        Assert.Equal(0, await ExitCodeAsync(next));
    }

    private static Process Launch(Sandbox sandbox)
    {
        Assert.SkipUnless(
            File.Exists(Repository.PathOf("api", "bin", "Release", "net10.0", "Sluice.Api.dll")),
            "the node is not built; ./test builds it");
        return sandbox.Launch("bash", new Dictionary<string, string>
        {
            ["SLUICE_SKIP_BUILD"] = "1",
            ["SLUICE_LISTEN"] = $"http://127.0.0.1:{FreePort()}",
            ["SLUICE_POSTGRES"] = "",
        }, Repository.PathOf("run"));
    }

    /// <summary>Waits for the last line of the start-up; returns the address in it.</summary>
    private static async Task<string> ReadyAsync(Process run)
    {
        const string Ready = "Sluice is ready on ";
        var seen = new List<string>();
        while (await run.StandardOutput.ReadLineAsync(Cancellation) is { } line)
        {
            if (line.StartsWith(Ready, StringComparison.Ordinal))
                return line[Ready.Length..];
            seen.Add(line);
        }

        var errors = await run.StandardError.ReadToEndAsync(Cancellation);
        throw new InvalidOperationException($"the node did not get ready:\n{string.Join('\n', seen)}\n{errors}");
    }

    private static async Task<int> ExitCodeAsync(Process run)
    {
        await run.WaitForExitAsync(Cancellation);
        return run.ExitCode;
    }

    private static async Task<HttpStatusCode> StatusAsync(string url)
    {
        using var client = new HttpClient();
        using var response = await client.GetAsync(new Uri(url), Cancellation);
        return response.StatusCode;
    }

    private static int NodeId(Sandbox sandbox) => int.Parse(
        File.ReadAllText(Path.Combine(sandbox.Data, "node.pid")).Trim(), CultureInfo.InvariantCulture);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
