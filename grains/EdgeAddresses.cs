using System.Collections.Concurrent;
using Orleans.Runtime;
using Sluice.GrainInterfaces;
using Sluice.Metering.Identity;
using Sluice.Storage.Ledger.Sessions;

namespace Sluice.Grains;

/// <summary>The edges of live sessions, as named in their rows. An address never changes during a session.</summary>
internal sealed class EdgeAddresses(IGrainFactory grains, SessionStore sessions)
{
    /// <summary>
    /// Maximum cached addresses: more sessions are never alive at once, and would only be read again.
    /// </summary>
    private const int CachedMax = 4_096;

    private readonly ConcurrentDictionary<SessionId, IEdgeObserver> _known = new();

    /// <summary>Returns the edge of a session; null if the session has ended or has no address.</summary>
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
