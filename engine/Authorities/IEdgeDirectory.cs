using Sluice.Metering.Identity;

namespace Sluice.Engine.Authorities;

/// <summary>The edges that authorities know, wherever they run.</summary>
public interface IEdgeDirectory
{
    /// <summary>The way to an edge; null where none is known. What is sent may be lost.</summary>
    IEdgeEndpoint? Find(SessionId session);

    /// <summary>Whether a session that an authority has not heard of lives.</summary>
    ValueTask<bool> IsAliveAsync(SessionId session);
}
