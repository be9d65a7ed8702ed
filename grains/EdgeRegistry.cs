using Microsoft.Extensions.Logging;
using Sluice.Engine.Authorities;
using Sluice.GrainInterfaces;
using Sluice.Storage.Ledger.Sessions;

namespace Sluice.Grains;

/// <summary>
/// Makes the edge of this process an Orleans observer. Its address is the observer's grain id, by which any silo of the
/// cluster can call it, whether this process has a silo of its own or reaches the cluster through a gateway.
/// </summary>
public sealed class EdgeRegistry(IGrainFactory grains, EdgeSecret secret, ILogger<EdgeRegistry> logger) : IEdgeRegistry
{
    // A field, because the runtime holds observers by weak references only.
    private readonly EdgeObserver _observer = new(secret.Value, logger);

    /// <exception cref="InvalidOperationException">The silo or client of this process has not started.</exception>
    public SessionEdge Register() => new(
        grains.CreateObjectReference<IEdgeObserver>(_observer).GetGrainId().ToString(), secret.Value);

    public void Join(IEdgeEndpoint edge) => _observer.Edge = edge;
}
