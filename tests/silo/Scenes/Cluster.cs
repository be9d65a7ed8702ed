using System.Globalization;
using Sluice.EndToEnd.Nodes;
using Sluice.EndToEnd.Traffic;
using Sluice.LoadTest.Http;
using Sluice.LoadTest.Processes;
using Sluice.Silo.Tests.Nodes;
using Sluice.Silo.Tests.Wires;
using Sluice.TestSupport.Postgres;

namespace Sluice.Silo.Tests.Scenes;

/// <summary>The processes of one cluster, with a private folder and, where asked for, relays between them.</summary>
internal sealed class Cluster : IAsyncDisposable
{
    /// <summary>
    /// Clients rest between requests: processes that start beside a load that takes all there is of the machine would
    /// take most of the time of every test.
    /// </summary>
    public static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(10);

    private readonly List<ClusterNode> _nodes = [];
    private readonly List<Dictionary<string, string>> _settings = [];

    public Cluster(string connectionString, ClusterPlan plan, TimeProvider time)
    {
        var entrances = new List<Entrance>();
        for (var i = 0; i < plan.Roles.Count; i++)
        {
            var settings = Settings(i, plan.Roles[i]);
            var target = new HttpTarget("127.0.0.1", FreePorts.Next());
            settings["SLUICE_LISTEN"] = $"http://{target.Authority}";
            settings["SLUICE_POSTGRES"] = connectionString;
            foreach (var (name, value) in plan.Settings)
                settings[name] = value;
            _settings.Add(settings);
            if (plan.Wired)
                Wire(settings, connectionString);
            var node = new ClusterNode(target, settings, time);
            _nodes.Add(node);
            if (plan.Roles[i] == "silo")
                continue;
            var journal = new CallJournal();
            entrances.Add(new Entrance(node, new Crowd(target, journal, time, Rest), journal));
        }

        Entrances = entrances;
    }

    /// <summary>The private folder of all nodes.</summary>
    public string DataFolder { get; } = Directory.CreateTempSubdirectory("sluice-cluster-").FullName;

    public IReadOnlyList<ClusterNode> Nodes => _nodes;

    public IReadOnlyList<Entrance> Entrances { get; }

    /// <summary>The way to each silo for the others; none where the cluster is not wired.</summary>
    public List<SiloRelay> SiloRelays { get; } = [];

    /// <summary>Each process' way to the store.</summary>
    public List<PostgresRelay> StoreRelays { get; } = [];

    /// <summary>Whether a node ever lost what it had only in memory.</summary>
    public bool WasKilled => _nodes.Exists(static n => n.WasKilled);

    /// <summary>What the processes said last, for messages.</summary>
    public string LastLines =>
        string.Join('\n', _nodes.Select((n, i) => $"==== node {i}, ended {n.Ends} times\n{n.LastLines}"));

    /// <summary>
    /// Starts the first nodes of the plan, one after the other: of silos that join at once one wins in the table of
    /// members, and the others wait for seconds before they try again.
    /// </summary>
    public async Task StartAsync(int count, CancellationToken cancellation)
    {
        foreach (var node in _nodes.Take(count))
        {
            node.Start();
            await node.ReadyAsync(cancellation);
        }
    }

    /// <summary>Waits until all that were started are ready.</summary>
    public Task ReadyAsync(CancellationToken cancellation) =>
        Task.WhenAll(_nodes.Select(n => n.ReadyAsync(cancellation)));

    /// <summary>Changes a setting of all processes, for when they are next started.</summary>
    public void Set(string name, string value)
    {
        foreach (var settings in _settings)
            settings[name] = value;
    }

    public string ReadOperatorToken() => File.ReadAllText(Path.Combine(DataFolder, "operator-token")).Trim();

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
            await node.DisposeAsync();
        foreach (var relay in SiloRelays)
            await relay.DisposeAsync();
        foreach (var relay in StoreRelays)
            await relay.DisposeAsync();
        Directory.Delete(DataFolder, recursive: true);
    }

    private Dictionary<string, string> Settings(int number, string role) => new()
    {
        ["SLUICE_ROLE"] = role,
        ["SLUICE_NODE"] = number.ToString(CultureInfo.InvariantCulture),
        ["SLUICE_DATA"] = DataFolder,
        ["SLUICE_SILO_PORT"] = Text(FreePorts.Next()),
        ["SLUICE_GATEWAY_PORT"] = Text(FreePorts.Next()),
        ["SLUICE_OPERATOR_TOKEN"] = "",
        ["SLUICE_GATEWAY_TOKEN"] = "",
        ["Logging__LogLevel__Default"] = "Warning",
        // These live for seconds, and half of what they use goes into starting.
        ["DOTNET_TieredPGO"] = "0",
    };

    /// <summary>The silo is known by the port of its relay, and the node knows the store by its relay alone.</summary>
    private void Wire(Dictionary<string, string> settings, string connectionString)
    {
        var silo = new SiloRelay(FreePorts.Next());
        SiloRelays.Add(silo);
        settings["SLUICE_SILO_PORT"] = Text(silo.Port);
        settings["SLUICE_SILO_LISTEN_PORT"] = Text(silo.TargetPort);
        var store = new PostgresRelay(connectionString);
        StoreRelays.Add(store);
        settings["SLUICE_POSTGRES"] = store.ConnectionString;
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
