using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Sluice.Engine.Metering;
using Sluice.Engine.Nodes;
using Sluice.Grains;
using Sluice.Storage.Sessions;
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
    private readonly List<Task> _loops = [];
    private readonly Silos _silos;
    private readonly SessionStore _sessions;

    public GrainScene(Silos silos)
    {
        _silos = silos;
        _sessions = new SessionStore(silos.Store.Source);
        _loops.Add(BeatAsync());
    }

    public TestStore Store => _silos.Store;

    public IAuthorityDirectory Here => Silos.Of<ClusterDirectory>(_silos.First);

    /// <summary>From a process that hosts nothing, through a gateway.</summary>
    public IAuthorityDirectory There => Silos.Of<ClusterDirectory>(_silos.Outside);

    public async Task<PlayedEdge> JoinAsync()
    {
        var edge = new PlayedEdge(await _sessions.OpenAsync("played", TestContext.Current.CancellationToken));
        _alive.TryAdd(edge, 0);
        // Every other edge is reached through a gateway.
        var node = _loops.Count % 2 == 1 ? _silos.Second : _silos.Outside;
        var registration = new EdgeRegistration(
            Silos.Of<IGrainFactory>(node), Silos.Of<ProcessClock>(node), NullLogger<EdgeRegistration>.Instance);
        registration.Join(edge);
        _loops.Add(registration.RunAsync(_stop.Token));
        return edge;
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
        await Task.WhenAll(_loops);
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
