using Sluice.Storage.Ledger.Sessions;

namespace Sluice.Engine.Authorities;

/// <summary>Makes the edge of this process reachable for the authorities, wherever they are.</summary>
public interface IEdgeRegistry
{
    /// <summary>
    /// Returns the address at which authorities reach the edge of this process, and the secret by which they know it.
    /// Both are stored in the row of the edge's session, so that every node that knows the session also knows them.
    /// </summary>
    SessionEdge Register();

    /// <summary>Routes messages that arrive at the address to this edge.</summary>
    void Join(IEdgeEndpoint edge);
}
