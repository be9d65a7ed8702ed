using System.Collections.Concurrent;
using Orleans.Runtime;
using Sluice.GrainInterfaces;
using Sluice.Metering.Identity;
using Sluice.Storage.Sessions;

namespace Sluice.Grains;

/// <summary>The edges of living sessions, as their rows name them. An address never changes while its session lives.
/// </summary>
internal sealed class EdgeAddresses(IGrainFactory grains, SessionStore sessions)
{
    /// <summary>Sessions are starts of processes; so many at once are never alive, and are read again if they are.
    /// </summary>
    private const int CachedMax = 4_096;

    private readonly ConcurrentDictionary<SessionId, IEdgeObserver> _known = new();

    /// <summary>Returns the edge of a session; null where the session has ended or names no address.</summary>
    /// <exception cref="Npgsql.NpgsqlException">The store can't be reached.</exception>
    public async ValueTask<IEdgeObserver?> FindAsync(SessionId session)
    {
        if (_known.TryGetValue(session, out var known))
            return known;
        if (await sessions.ReadAddressAsync(session, CancellationToken.None) is not { } address)
            return null;
        if (_known.Count >= CachedMax)
            _known.Clear();
        return _known[session] = grains.GetGrain<IEdgeObserver>(GrainId.Parse(address, null));
    }
}
