using System.Globalization;
using Sluice.Bench.Processes;
using Sluice.LoadTest.Fleets;
using Sluice.LoadTest.Http;
using Sluice.LoadTest.Management;
using Sluice.LoadTest.Processes;

namespace Sluice.Bench.Contenders;

/// <summary>One node as it ships, on a private PostgreSQL, with as many limits as the peers check.</summary>
internal sealed class SluiceContender(TimeProvider time) : IContender
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("sluice-bench-node-");
    private PrivatePostgres? _postgres;
    private ChildProcess? _node;
    private ManagementCalls? _calls;

    /// <summary>The operator's calls to the running node.</summary>
    public ManagementCalls Calls => _calls ?? throw new InvalidOperationException("The node is not running.");

    /// <summary>The fleet under load.</summary>
    public Fleet Fleet { get; private set; } = null!;

    public async Task<Endpoint> StartAsync(CancellationToken cancellation)
    {
        if (!File.Exists(Repository.NodeProgram))
            throw new ContenderUnavailableException("the node is not built (dotnet build api -c Release)");
        _postgres = await PrivatePostgres.StartAsync();
        var target = HttpTarget.Parse(await StartNodeAsync());
        _calls = new ManagementCalls(target.BaseAddress, ReadToken("operator-token"), time);
        Fleet = await LimitedFleet.BuildAsync(_calls, time, cancellation);
        return new Endpoint([target], Fleet.Keys, ReadToken("gateway-token"));
    }

    /// <summary>Stops the node and starts it again on the same database.</summary>
    /// <returns>How long it took from the start of the process to its ready line.</returns>
    public async Task<TimeSpan> RestartAsync()
    {
        await _node!.DisposeAsync();
        await StartNodeAsync();
        return _node.ReadyAfter;
    }

    public async ValueTask DisposeAsync()
    {
        _calls?.Dispose();
        if (_node is not null)
            await _node.DisposeAsync();
        if (_postgres is not null)
            await _postgres.DisposeAsync();
        _data.Delete(recursive: true);
    }

    private async Task<string> StartNodeAsync()
    {
        var address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePorts.Next()}");
        _node = await ChildProcess.StartNodeAsync(
            Repository.NodeProgram,
            new Dictionary<string, string>
            {
                ["SLUICE_DATA"] = _data.FullName,
                ["SLUICE_LISTEN"] = address,
                ["SLUICE_POSTGRES"] = _postgres!.ConnectionString,
            },
            time);
        return address;
    }

    private string ReadToken(string name) => File.ReadAllText(Path.Combine(_data.FullName, name)).Trim();
}
