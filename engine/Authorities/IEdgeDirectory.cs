using Sluice.Metering.Identity;

namespace Sluice.Engine.Authorities;

/// <summary>The edges known to authorities, wherever they run.</summary>
public interface IEdgeDirectory
{
    /// <summary>Finds the endpoint of an edge; null if it is unknown. Messages sent to it may be lost.</summary>
    IEdgeEndpoint? Find(SessionId session);

    /// <summary>Checks whether a session that is unknown to an authority is alive.</summary>
    ValueTask<bool> IsAliveAsync(SessionId session);
}
