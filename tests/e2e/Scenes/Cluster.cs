using System.Globalization;
using System.Security.Cryptography;
using Sluice.EndToEnd.Nodes;
using Sluice.EndToEnd.Traffic;
using Sluice.EndToEnd.Wires;
using Sluice.LoadTest.Http;
using Sluice.LoadTest.Processes;
using Sluice.TestSupport.Postgres;

namespace Sluice.EndToEnd.Scenes;

/// <summary>
/// The processes of a cluster of one or several nodes, with a private folder and, if the plan says so, relays between
/// them.
/// </summary>
internal sealed class Cluster : IAsyncDisposable
{
    /// <summary>
    /// The pause of clients between requests: processes that start beside a load that uses all of the machine would
    /// take most of the time of every test.
    /// </summary>
    public static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(10);

    private readonly ScenePlan _plan;
    private readonly string _connectionString;
    private readonly TimeProvider _time;
    private readonly List<NodeProcess> _nodes = [];
    private readonly List<Dictionary<string, string>> _settings = [];
    private readonly Balancer? _balancer;

    public Cluster(string connectionString, ScenePlan plan, TimeProvider time)
    {
        (_plan, _connectionString, _time) = (plan, connectionString, time);
        if (plan.Apart)
            File.WriteAllText(KeyFile, Convert.ToHexString(RandomNumberGenerator.GetBytes(32)));
        var entrances = new List<Entrance>();
        for (var i = 0; i < plan.Nodes; i++)
        {
            var node = Add(i);
            if (plan.Roles[i] == "silo")
                continue;
            var journal = new CallJournal();
            entrances.Add(new Entrance(node, new Crowd(node.Target, journal, time, Rest), journal));
        }

        Entrances = entrances;
        if (entrances.Count > 1)
            _balancer = new Balancer([.. entrances.Select(static e => e.Node.Target)]);
        Target = _balancer?.Target ?? entrances[0].Node.Target;
    }

    /// <summary>One address for all nodes: that of the only one, or a balancer's if there are several.</summary>
    public HttpTarget Target { get; }

    /// <summary>The private folder that all nodes share, or that holds the folder of each.</summary>
    public string DataFolder { get; } = Directory.CreateTempSubdirectory("sluice-e2e-").FullName;

    public IReadOnlyList<NodeProcess> Nodes => _nodes;

    public IReadOnlyList<Entrance> Entrances { get; }

    /// <summary>The relay in front of each silo, for the others; none if the cluster is not wired.</summary>
    public List<SiloRelay> SiloRelays { get; } = [];

    /// <summary>The relay of each process to the store.</summary>
    public List<PostgresRelay> StoreRelays { get; } = [];

    /// <summary>Whether a node ever lost what it had only in memory.</summary>
    public bool WasKilled => _nodes.Exists(static n => n.WasKilled);

    /// <summary>The last lines of every process, for messages.</summary>
    public string LastLines =>
        string.Join('\n', _nodes.Select((n, i) => $"==== node {i}, ended {n.Ends} times\n{n.LastLines}"));

    /// <summary>
    /// Starts the first nodes of the plan, one after the other: when silos join at once, one of them wins the write to
    /// the membership table, and the others wait for seconds before they try again.
    /// </summary>
    public async Task OpenAsync(CancellationToken cancellation)
    {
        foreach (var node in _nodes.Take(_plan.Started))
        {
            node.Start();
            await node.ReadyAsync(cancellation);
        }
    }

    /// <summary>Kills all running nodes at once, so that none is left that could fence, settle or hand over.</summary>
    public Task KillAsync(CancellationToken cancellation) =>
        Task.WhenAll(_nodes.Where(static n => n.Running).Select(n => n.LoseAsync(cancellation)));

    /// <summary>Asks all running nodes to end, at the same time.</summary>
    /// <returns>Their exit codes.</returns>
    public Task<int[]> StopAsync(CancellationToken cancellation) =>
        Task.WhenAll(_nodes.Where(static n => n.Running).Select(n => n.StopAsync(cancellation)));

    /// <summary>Starts all nodes that do not run, at the same time, and waits until every one is ready.</summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        foreach (var node in _nodes.Where(static n => !n.Running))
            node.Start();
        await ReadyAsync(cancellation);
    }

    /// <summary>Waits until all that were started are ready.</summary>
    public Task ReadyAsync(CancellationToken cancellation) =>
        Task.WhenAll(_nodes.Select(n => n.ReadyAsync(cancellation)));

    /// <summary>Changes a setting of all processes, effective at their next start.</summary>
    public void Set(string name, string value)
    {
        foreach (var settings in _settings)
            settings[name] = value;
    }

    /// <summary>Adds a process with the number and data folder of another one, and an address of its own.</summary>
    public NodeProcess AddTwin(int number) => Add(number);

    /// <summary>The encryption key of nodes that don't share a folder.</summary>
    private string KeyFile => Path.Combine(DataFolder, "encryption-key");

    public async ValueTask DisposeAsync()
    {
        if (_balancer is not null)
            await _balancer.DisposeAsync();
        foreach (var node in _nodes)
            await node.DisposeAsync();
        foreach (var relay in SiloRelays)
            await relay.DisposeAsync();
        foreach (var relay in StoreRelays)
            await relay.DisposeAsync();
        Directory.Delete(DataFolder, recursive: true);
    }

    private NodeProcess Add(int number)
    {
        var target = new HttpTarget("127.0.0.1", FreePorts.Next());
        var folder = _plan.Apart ? Path.Combine(DataFolder, Text(number)) : DataFolder;
        var settings = new Dictionary<string, string>
        {
            ["SLUICE_POSTGRES"] = _connectionString,
            ["SLUICE_DATA"] = folder,
            ["SLUICE_LISTEN"] = $"http://{target.Authority}",
            ["SLUICE_ROLE"] = _plan.Roles[number],
            ["SLUICE_OPERATOR_TOKEN"] = "",
            ["SLUICE_GATEWAY_TOKEN"] = "",
            ["Logging__LogLevel__Default"] = "Warning",
            // These processes live for seconds, and half of their CPU time goes into starting.
            ["DOTNET_TieredPGO"] = "0",
        };
        if (_plan.Apart)
            settings["SLUICE_KEY_FILE"] = KeyFile;
        if (_plan.Nodes > 1 && !_plan.Apart)
            settings["SLUICE_NODE"] = Text(number);
        foreach (var (name, value) in _plan.Settings)
            settings[name] = value;
        if (_plan.Wired)
            Wire(settings);
        var node = new NodeProcess(target, folder, settings, _time);
        _settings.Add(settings);
        _nodes.Add(node);
        return node;
    }

    /// <summary>
    /// Puts relays in place: the silo is known by its relay's port, and the node knows the store only by its relay.
    /// </summary>
    private void Wire(Dictionary<string, string> settings)
    {
        var silo = new SiloRelay(FreePorts.Next());
        SiloRelays.Add(silo);
        settings["SLUICE_SILO_PORT"] = Text(silo.Port);
        settings["SLUICE_SILO_LISTEN_PORT"] = Text(silo.TargetPort);
        var store = new PostgresRelay(_connectionString);
        StoreRelays.Add(store);
        settings["SLUICE_POSTGRES"] = store.ConnectionString;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
