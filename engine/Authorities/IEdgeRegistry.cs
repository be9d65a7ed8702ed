namespace Sluice.Engine.Authorities;

/// <summary>Makes the edge of this process reachable for the authorities, wherever they are.</summary>
public interface IEdgeRegistry
{
    /// <summary>
    /// Returns the address at which authorities reach the edge of this process. It is stored in the row of the edge's
    /// session, so that every node that knows the session also knows the address.
    /// </summary>
    string Register();

    /// <summary>Routes messages that arrive at the address to this edge.</summary>
    void Join(IEdgeEndpoint edge);
}
