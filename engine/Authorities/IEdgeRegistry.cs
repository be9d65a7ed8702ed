namespace Sluice.Engine.Authorities;

/// <summary>Makes the edge of this process reachable for the authorities, wherever they are.</summary>
public interface IEdgeRegistry
{
    /// <summary>
    /// Returns the address at which authorities reach the edge of this process. It goes into the row of the edge's
    /// session, so that every node that knows of the session knows it too.
    /// </summary>
    string Register();

    /// <summary>From now on, what arrives at the address is passed to this edge.</summary>
    void Join(IEdgeEndpoint edge);
}
