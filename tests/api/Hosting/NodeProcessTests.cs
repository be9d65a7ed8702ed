using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Sluice.Silo.Hosting;
using Sluice.TestSupport.Postgres;
using Sluice.TestSupport.Processes;
using Xunit;

namespace Sluice.Api.Tests.Hosting;

/// <summary>Runs the program as a process of its own, as the start script does.</summary>
public sealed class NodeProcessTests(PostgresFixture postgres) : IDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("sluice-test-").FullName;

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task ANode_SaysWhenItIsReady_AndStopsCleanlyOnSigterm()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals");
        using var node = Start(await postgres.CreateReadyDatabaseAsync());

        var ready = await FindLineAsync(node, "Sluice is ready on ");

        var address = ready["Sluice is ready on ".Length..];
        Assert.Equal($"{node.Id}", (await File.ReadAllTextAsync(Path.Combine(_data, "node.pid"))).Trim());
        using var http = new HttpClient();
        Assert.Equal("""{"status":"live"}""", await http.GetStringAsync(new Uri($"{address}/health/live")));
        http.DefaultRequestHeaders.Authorization =
            new("Bearer", (await File.ReadAllTextAsync(Path.Combine(_data, "operator-token"))).Trim());
        Assert.Equal(
            """{"items":[],"next":null}""", await http.GetStringAsync(new Uri($"{address}/api/v1/tenants")));

        Signals.Send(node.Id, Signal.Terminate);
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, node.ExitCode);
        Assert.False(File.Exists(Path.Combine(_data, "node.pid")));
    }

    [Fact]
    public async Task ANodeWithWrongSettings_NamesThemAll_AndDoesNotStart()
    {
        using var node = Start("", ("SLUICE_PUBLIC_URL", "nowhere"));

        var errors = await node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(1, node.ExitCode);
        Assert.Contains("SLUICE_POSTGRES", errors);
        Assert.Contains("SLUICE_PUBLIC_URL", errors);
        Assert.DoesNotContain("   at ", errors);
    }

    [Fact]
    public async Task APortThatIsTaken_IsASentence_AndNoStack()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        using var node = Start(
            await postgres.CreateReadyDatabaseAsync(), ("SLUICE_LISTEN", $"http://{taken.LocalEndpoint}"));
        var output = node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);

        var errors = await node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(1, node.ExitCode);
        Assert.Equal(
            $"SLUICE_LISTEN is http://{taken.LocalEndpoint}, which another program listens on. Stop it, or set "
            + "SLUICE_LISTEN to another address.", errors.Trim());
        Assert.DoesNotContain("   at ", await output);
    }

    [Fact]
    public async Task AnAddressOfAnotherMachine_IsASentence_AndNoStack()
    {
        using var node = Start(await postgres.CreateReadyDatabaseAsync(), ("SLUICE_LISTEN", "http://192.0.2.1:8080"));
        var output = node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);

        var errors = await node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(1, node.ExitCode);
        Assert.StartsWith("SLUICE_LISTEN is http://192.0.2.1:8080, which can't be listened on: ", errors);
        Assert.DoesNotContain("   at ", errors + await output);
    }

    [Fact]
    public async Task EveryLogLine_HasTimeLevelAndNode_AndAMisspeltSettingIsAWarning()
    {
        using var node = Start(
            await postgres.CreateReadyDatabaseAsync(), ("SLUICE_LOG", "json"), ("SLUICE_LISTENN", "x"));
        var lines = new List<string>();
        while (await node.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line
            && !line.StartsWith("Sluice is ready on ", StringComparison.Ordinal))
        {
            lines.Add(line);
        }

        Signals.Send(node.Id, Signal.Terminate);
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);

        var entries = lines.ConvertAll(static line => JsonDocument.Parse(line).RootElement);
        Assert.All(entries, static entry => Assert.Equal("node", entry.GetProperty("node").GetString()));
        Assert.All(entries, static entry => entry.GetProperty("time").GetDateTimeOffset());
        Assert.Contains(entries, static entry => entry.GetProperty("level").GetString() == "warn"
            && entry.GetProperty("message").GetString()
                == "SLUICE_LISTENN is no setting and has no effect; did you mean SLUICE_LISTEN?");
    }

    private Process Start(string connectionString, params (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo("dotnet", typeof(SiloProgram).Assembly.Location)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["SLUICE_POSTGRES"] = connectionString;
        start.Environment["SLUICE_LISTEN"] = "http://127.0.0.1:0";
        start.Environment["SLUICE_DATA"] = _data;
        start.Environment["SLUICE_OPERATOR_TOKEN"] = "";
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private static async Task<string> FindLineAsync(Process node, string beginning)
    {
        while (await node.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.StartsWith(beginning, StringComparison.Ordinal))
                return line;
        }

        throw new InvalidOperationException($"The node ended: {await node.StandardError.ReadToEndAsync()}");
    }
}
