using System.Globalization;
using Sluice.Bench.Contenders;
using Sluice.Bench.Processes;
using Sluice.LoadTest.Http;
using Sluice.LoadTest.Management;
using Sluice.LoadTest.Processes;

namespace Sluice.Bench.Cluster.Contenders;

/// <summary>
/// Sluice as a cluster of so many nodes over one private PostgreSQL, as <c>./run cluster</c> starts it, with as many
/// limits as the peers check.
/// </summary>
internal sealed class SluiceCluster(int nodes, TimeProvider time) : IContender
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("sluice-bench-cluster-");
    private readonly ProcessGroup _nodes = new(nodes);
    private readonly List<ManagementCalls> _calls = [];
    private PrivatePostgres? _postgres;

    /// <summary>The operator's calls to each node.</summary>
    public IReadOnlyList<ManagementCalls> Calls => _calls;

    public async Task<Endpoint> StartAsync(CancellationToken cancellation)
    {
        if (!File.Exists(Repository.ClusterProgram))
            throw new ContenderUnavailableException("the cluster's node is not built (dotnet build silo -c Release)");
        _postgres = await PrivatePostgres.StartAsync();
        var ports = FreePorts.Next(nodes * 2);
        await _nodes.StartAsync(i => StartNodeAsync(i, ports[i], ports[nodes + i]));
        var targets = _nodes.Members.Select(node => HttpTarget.Parse(node.ReadyText)).ToArray();
        foreach (var target in targets)
            _calls.Add(new ManagementCalls(target.BaseAddress, ReadToken("operator-token"), time));
        var fleet = await LimitedFleet.BuildAsync(_calls[0], time, cancellation);
        return new Endpoint(targets, fleet.Keys, ReadToken("gateway-token"));
    }

    public async ValueTask DisposeAsync()
    {
        _calls.ForEach(calls => calls.Dispose());
        await _nodes.DisposeAsync();
        if (_postgres is not null)
            await _postgres.DisposeAsync();
        _data.Delete(recursive: true);
    }

    private Task<ChildProcess> StartNodeAsync(int number, int port, int siloPort) => ChildProcess.StartNodeAsync(
        Repository.ClusterProgram,
        new Dictionary<string, string>
        {
            ["SLUICE_DATA"] = _data.FullName,
            ["SLUICE_NODE"] = number.ToString(CultureInfo.InvariantCulture),
            ["SLUICE_LISTEN"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"),
            ["SLUICE_POSTGRES"] = _postgres!.ConnectionString,
            ["SLUICE_SILO_PORT"] = siloPort.ToString(CultureInfo.InvariantCulture),

            // Every node hosts authorities; nobody comes in as a client.
            ["SLUICE_GATEWAY_PORT"] = "0",
        },
        time);

    private string ReadToken(string name) => File.ReadAllText(Path.Combine(_data.FullName, name)).Trim();
}
