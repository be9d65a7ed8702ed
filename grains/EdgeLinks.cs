using System.Collections.Concurrent;
using Orleans.Runtime;
using Sluice.GrainInterfaces;
using Sluice.Metering.Identity;
using Sluice.Storage.Ledger.Sessions;

namespace Sluice.Grains;

/// <summary>
/// The edges of live sessions, as named in their rows. The rows are the only registry: no message can make another
/// process the edge of a session. A row's address and secret never change during the session.
/// </summary>
public sealed class EdgeLinks(IGrainFactory grains, SessionStore sessions, EdgeSecret own)
{
    /// <summary>
    /// Maximum cached links: more sessions are never alive at once, and would only be read again.
    /// </summary>
    private const int CachedMax = 4_096;

    private readonly ConcurrentDictionary<SessionId, EdgeLink> _known = new();

    /// <summary>The rows of sessions.</summary>
    internal SessionStore Sessions => sessions;

    /// <summary>The secret of this process's own edge.</summary>
    internal EdgeSecret Own => own;

    /// <summary>Returns the edge of a session; null if the session has ended or has no address.</summary>
    /// <exception cref="Npgsql.NpgsqlException">The store can't be reached.</exception>
    internal async ValueTask<EdgeLink?> FindAsync(SessionId session)
    {
        if (_known.TryGetValue(session, out var known))
            return known;
        if (await sessions.ReadEdgeAsync(session, CancellationToken.None) is not { } edge)
            return null;
        if (_known.Count >= CachedMax)
            _known.Clear();
        var observer = grains.GetGrain<IEdgeObserver>(GrainId.Parse(edge.Address, null));
        return _known[session] = new EdgeLink(observer, edge.Secret);
    }
}
