using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Sluice.Engine.Nodes;
using Sluice.Engine.Time;
using Sluice.Grains;
using Sluice.Storage.Ledger.Sessions;
using Xunit;

namespace Sluice.Engine.Authorities.Directories;

/// <summary>
/// Authorities that are grains on two silos. Sessions are opened, kept alive and registered as edges do it; the silos'
/// own watch ends those that stop.
/// </summary>
internal sealed class GrainScene : IDirectoryScene
{
    private static readonly TimeSpan BeatEvery = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<PlayedEdge, byte> _alive = new();
    // Held here because the runtime keeps observers only by weak references.
    private readonly List<EdgeRegistry> _registries = [];
    private readonly Task _beating;
    private readonly Silos _silos;
    private readonly SessionStore _sessions;

    public GrainScene(Silos silos)
    {
        _silos = silos;
        _sessions = new SessionStore(silos.Store.Source);
        Here = DirectoryAt(silos.First, Secret);
        There = DirectoryAt(silos.Outside, Secret);
        _beating = BeatAsync();
    }

    public TestStore Store => _silos.Store;

    public IAuthorityDirectory Here { get; }

    /// <summary>The directory in a process that hosts nothing, through a gateway.</summary>
    public IAuthorityDirectory There { get; }

    /// <summary>The secret of all edges here, which play the edge of every process.</summary>
    public EdgeSecret Secret { get; } = new();

    public async Task<PlayedEdge> JoinAsync()
    {
        // Every other edge is reached through a gateway.
        var node = _registries.Count % 2 == 0 ? _silos.Second : _silos.Outside;
        var registry = new EdgeRegistry(
            Silos.Of<IGrainFactory>(node), Secret, NullLogger<EdgeRegistry>.Instance);
        _registries.Add(registry);
        var edge = new PlayedEdge(await _sessions.OpenAsync(
            new NodeIdentity(Guid.NewGuid(), "played"), registry.Register(), TestContext.Current.CancellationToken));
        _alive.TryAdd(edge, 0);
        registry.Join(edge);
        return edge;
    }

    /// <summary>Returns the directory of a process whose edge has a secret.</summary>
    public static ClusterDirectory DirectoryAt(IServiceProvider node, EdgeSecret secret)
    {
        var grains = Silos.Of<IGrainFactory>(node);
        var links = new EdgeLinks(grains, Silos.Of<SessionStore>(node), secret);
        return new ClusterDirectory(
            grains, links, Silos.Of<ProcessClock>(node), NullLogger<ClusterDirectory>.Instance);
    }

    public Task EndAsync(PlayedEdge edge)
    {
        _alive.TryRemove(edge, out _);
        return _sessions.CloseAsync(edge.Session, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var edge in _alive.Keys)
            await EndAsync(edge);
        await _stop.CancelAsync();
        await _beating;
        _stop.Dispose();
    }

    private async Task BeatAsync()
    {
        using var timer = new PeriodicTimer(BeatEvery);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                foreach (var edge in _alive.Keys)
                    await _sessions.BeatAsync(edge.Session, _stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The scene is over.
        }
    }
}
