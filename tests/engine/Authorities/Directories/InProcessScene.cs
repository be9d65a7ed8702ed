using Sluice.Engine.Nodes;
using Sluice.Storage.Ledger.Sessions;
using Xunit;

namespace Sluice.Engine.Authorities.Directories;

/// <summary>
/// Authorities in the tests' own directory. No watch ends sessions here: a start settles those that ended before it, so
/// ending a session restarts everything else.
/// </summary>
internal sealed class InProcessScene : IDirectoryScene
{
    private readonly List<PlayedEdge> _edges = [];
    private readonly SessionStore _sessions;
    private TestCluster _cluster;

    private InProcessScene(TestCluster cluster)
    {
        _cluster = cluster;
        _sessions = new SessionStore(cluster.Store.Source);
    }

    public TestStore Store => _cluster.Store;

    public IAuthorityDirectory Here => _cluster.Directory;

    public IAuthorityDirectory There => _cluster.Directory;

    public static async Task<InProcessScene> StartAsync(TestStore store) =>
        new(await TestCluster.StartAsync(store));

    public async Task<PlayedEdge> JoinAsync()
    {
        var edge = new PlayedEdge(await _sessions.OpenAsync(
            new NodeIdentity(Guid.NewGuid(), "played"),
            new SessionEdge("in-process", null),
            TestContext.Current.CancellationToken));
        _edges.Add(edge);
        _cluster.Directory.Join(edge);
        return edge;
    }

    public async Task EndAsync(PlayedEdge edge)
    {
        await _sessions.CloseAsync(edge.Session, CancellationToken.None);
        _edges.Remove(edge);
        var store = Store;
        await _cluster.DisposeAsync();
        _cluster = await TestCluster.StartAsync(store);
        foreach (var other in _edges)
            _cluster.Directory.Join(other);
    }

    public async ValueTask DisposeAsync()
    {
        // The authorities of the next test would wait for them.
        foreach (var edge in _edges)
            await _sessions.CloseAsync(edge.Session, CancellationToken.None);
        await _cluster.DisposeAsync();
    }
}
