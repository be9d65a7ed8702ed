using System.Globalization;
using Sluice.Bench.Processes;
using Sluice.LoadTest.Fleets;
using Sluice.LoadTest.Http;
using Sluice.LoadTest.Management;
using Sluice.LoadTest.Processes;

namespace Sluice.Bench.Contenders;

/// <summary>
/// Sluice as it ships: a cluster of one or more nodes, on a private PostgreSQL, with as many limits as the peers check.
/// </summary>
/// <param name="program">The node's program: of this build, or of another one to compare with.</param>
/// <param name="nodes">Number of nodes.</param>
/// <param name="time">Measures how long a start takes.</param>
/// <param name="isOwner">Whether the nodes own their tables: the only way of builds from before 0.1.</param>
internal sealed class SluiceContender(string program, int nodes, TimeProvider time, bool isOwner = false) : IContender
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("sluice-bench-nodes-");
    private readonly List<ManagementCalls> _calls = [];
    private ProcessGroup _nodes = new(nodes);
    private PrivatePostgres? _postgres;

    /// <summary>The operator's calls to each node.</summary>
    public IReadOnlyList<ManagementCalls> Calls => _calls;

    /// <summary>The address at which each node listens now.</summary>
    public IEnumerable<Uri> Addresses => _nodes.Members.Select(node => HttpTarget.Parse(node.ReadyText).BaseAddress);

    /// <summary>The tenants, projects and keys under load.</summary>
    public Fleet Fleet { get; private set; } = null!;

    public async Task<Endpoint> StartAsync(CancellationToken cancellation)
    {
        if (!File.Exists(program))
            throw new ContenderUnavailableException("the node is not built (dotnet build silo -c Release)");
        _postgres = await PrivatePostgres.StartAsync();
        await StartNodesAsync();
        var targets = _nodes.Members.Select(node => HttpTarget.Parse(node.ReadyText)).ToArray();
        foreach (var target in targets)
            _calls.Add(new ManagementCalls(target.BaseAddress, ReadToken("operator-token"), time));
        Fleet = await LimitedFleet.BuildAsync(_calls[0], time, cancellation);
        return new Endpoint(targets, Fleet.Keys, ReadToken("gateway-token"));
    }

    /// <summary>
    /// Stops all nodes and restarts them on the same database, at other addresses than <see cref="StartAsync"/>
    /// returned.
    /// </summary>
    /// <returns>The longest time from the start of a process to its ready line.</returns>
    public async Task<TimeSpan> RestartAsync()
    {
        await _nodes.DisposeAsync();
        _nodes = new ProcessGroup(nodes);
        await StartNodesAsync();
        return _nodes.Members.Max(node => node.ReadyAfter);
    }

    public async ValueTask DisposeAsync()
    {
        _calls.ForEach(calls => calls.Dispose());
        await _nodes.DisposeAsync();
        if (_postgres is not null)
            await _postgres.DisposeAsync();
        _data.Delete(recursive: true);
    }

    private Task StartNodesAsync()
    {
        var ports = FreePorts.Next(nodes * 2);
        return _nodes.StartAsync(i => StartNodeAsync(i, ports[i], ports[nodes + i]));
    }

    private Task<ChildProcess> StartNodeAsync(int number, int port, int siloPort) => ChildProcess.StartNodeAsync(
        program,
        new Dictionary<string, string>
        {
            ["SLUICE_DATA"] = _data.FullName,
            ["SLUICE_NODE"] = number.ToString(CultureInfo.InvariantCulture),
            ["SLUICE_LISTEN"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"),
            ["SLUICE_POSTGRES"] = isOwner ? _postgres!.OwnerConnectionString : _postgres!.ConnectionString,
            ["SLUICE_POSTGRES_OWNER"] = isOwner ? "" : _postgres.OwnerConnectionString,

            // Another build may not be able to choose a free port. No process here connects to a gateway.
            ["SLUICE_SILO_PORT"] = siloPort.ToString(CultureInfo.InvariantCulture),
            ["SLUICE_GATEWAY_PORT"] = "0",
        },
        time);

    private string ReadToken(string name) => File.ReadAllText(Path.Combine(_data.FullName, name)).Trim();
}
