using System.Net;
using System.Net.Sockets;
using Xunit;

namespace Sluice.Deploy.Tests;

/// <summary><c>./run cluster</c> checks its ports before it starts anything.</summary>
public sealed class ClusterPortTests
{
    [Theory]
    [InlineData("SLUICE_LISTEN", "http://127.0.0.1:8080;http://127.0.0.1:9090", "counts up from one address")]
    [InlineData("SLUICE_LISTEN", "http://127.0.0.1:0", "counts up from one address")]
    [InlineData("SLUICE_LISTEN", "http://127.0.0.1:65535", "would listen on port 65536")]
    [InlineData("SLUICE_SILO_PORT", "many", "SLUICE_SILO_PORT is 'many'; it is a port from 0 to 65535")]
    [InlineData("SLUICE_SILO_PORT", "65535", "node 1 would listen on port 65536")]
    [InlineData("SLUICE_GATEWAY_PORT", "70000", "SLUICE_GATEWAY_PORT is '70000'; it is a port from 0 to 65535")]
    public async Task PortsThatCanNotBe_AreRefused(string setting, string value, string reason)
    {
        await using var sandbox = Sandbox.Create();
        var settings = ClusterRun.Settings(2);
        settings[setting] = value;

        var run = ClusterRun.Launch(sandbox, 2, settings);

        Assert.Equal(1, await run.ExitCodeAsync());
        Assert.Contains(reason, await run.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(sandbox.Data), "something was started");
    }

    [Fact]
    public async Task RowsOfPortsThatOverlap_AreRefused()
    {
        await using var sandbox = Sandbox.Create();
        var settings = ClusterRun.SettingsWithAllPorts(2);
        settings["SLUICE_GATEWAY_PORT"] = settings["SLUICE_SILO_PORT"];

        var run = ClusterRun.Launch(sandbox, 2, settings);

        Assert.Equal(1, await run.ExitCodeAsync());
        Assert.Contains(
            $"would share port {settings["SLUICE_SILO_PORT"]}", await run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("0")]
    [InlineData("100")]
    public async Task NumbersOfNodesThatCanNotBe_AreRefused(string nodes)
    {
        await using var sandbox = Sandbox.Create();
        var run = new NodeRun(
            sandbox.Launch("bash", ClusterRun.Settings(1), Repository.PathOf("run"), "cluster", nodes));

        Assert.Equal(1, await run.ExitCodeAsync());
        Assert.Contains($"'{nodes}' is not a number of nodes", await run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SLUICE_LISTEN")]
    [InlineData("SLUICE_SILO_PORT")]
    [InlineData("SLUICE_GATEWAY_PORT")]
    public async Task APortInUse_IsNamed_AndNothingIsStarted(string setting)
    {
        await using var sandbox = Sandbox.Create();
        var settings = ClusterRun.SettingsWithAllPorts(2);
        var port = int.Parse(
            settings[setting].Split(':')[^1], System.Globalization.CultureInfo.InvariantCulture) + 1;
        using var inTheWay = new TcpListener(IPAddress.Loopback, port);
        inTheWay.Start();

        var run = ClusterRun.Launch(sandbox, 2, settings);

        Assert.Equal(1, await run.ExitCodeAsync());
        Assert.Contains($"port {port}, which node 1 needs, is in use", await run.Errors, StringComparison.Ordinal);
        (await sandbox.PostgresAsync("status")).Refused(exitCode: 3);
    }
}
