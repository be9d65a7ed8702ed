using Sluice.LoadTest.Http;
using Sluice.LoadTest.Settings;
using Sluice.Silo.Tests.Scenes;
using Sluice.Silo.Tests.Wires;

namespace Sluice.EndToEnd.Nodes;

/// <summary>
/// Takes the place of the single node that the end-to-end tests are written for: three processes that are one cluster,
/// behind one address that spreads connections over them as a load balancer does. What is done to the node is done to
/// all of them at once; faults of one among several have tests of their own.
/// </summary>
internal sealed class Node : IAsyncDisposable
{
    private readonly Cluster _cluster;
    private readonly Balancer _balancer;
    private bool _started;

    /// <param name="connectionString">The database.</param>
    /// <param name="more">Settings beside those that every node has.</param>
    public Node(string connectionString, IReadOnlyDictionary<string, string>? more = null)
    {
        var plan = more is null ? new ClusterPlan() : new ClusterPlan { Settings = more };
        _cluster = new Cluster(connectionString, plan, TimeProvider.System);
        _balancer = new Balancer([.. _cluster.Nodes.Select(static n => n.Target)]);
    }

    public HttpTarget Target => _balancer.Target;

    /// <summary>The private folder of the nodes.</summary>
    public string DataFolder => _cluster.DataFolder;

    /// <summary>How the load generator finds the cluster and its tokens.</summary>
    public NodeSettings Settings =>
        new(Target, Path.Combine(DataFolder, "operator-token"), Path.Combine(DataFolder, "gateway-token"));

    public bool WasKilled => _cluster.WasKilled;

    public string LastLines => _cluster.LastLines;

    /// <summary>Changes a setting of all, for when they are next started.</summary>
    public void Set(string name, string value) => _cluster.Set(name, value);

    /// <summary>Starts all nodes, or waits until they are back; ends when each says that it is ready.</summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        if (_started)
            await _cluster.ReadyAsync(cancellation);
        else
            await _cluster.StartAsync(_cluster.Nodes.Count, cancellation);
        _started = true;
    }

    /// <summary>Ends all of them at once: nobody is left who could fence, settle or hand over.</summary>
    public Task KillAsync() =>
        Task.WhenAll(_cluster.Nodes.Select(static n => n.KillAsync(Xunit.TestContext.Current.CancellationToken)));

    public async ValueTask DisposeAsync()
    {
        await _balancer.DisposeAsync();
        await _cluster.DisposeAsync();
    }
}
