using Sluice.Engine.Nodes;

namespace Sluice.Engine.Authorities.Directories;

/// <summary>Authorities somewhere, and sessions around them whose edges a test controls.</summary>
internal interface IDirectoryScene : IAsyncDisposable
{
    TestStore Store { get; }

    /// <summary>The directory of the authorities.</summary>
    IAuthorityDirectory Here { get; }

    /// <summary>The directory in another process, if there can be one.</summary>
    IAuthorityDirectory There { get; }

    /// <summary>Opens a live session with an edge that can be reached.</summary>
    Task<PlayedEdge> JoinAsync();

    /// <summary>
    /// Ends a session as a clean stop does: fenced and settled, and every remaining authority knows of it.
    /// </summary>
    Task EndAsync(PlayedEdge edge);
}
