using Sluice.Engine.Nodes;

namespace Sluice.Engine.Authorities.Directories;

/// <summary>Authorities somewhere, and sessions around them whose edges a test plays by hand.</summary>
internal interface IDirectoryScene : IAsyncDisposable
{
    TestStore Store { get; }

    /// <summary>The way to the authorities.</summary>
    IAuthorityDirectory Here { get; }

    /// <summary>The same from another process, where there can be one.</summary>
    IAuthorityDirectory There { get; }

    /// <summary>A new session that lives, with an edge that can be reached.</summary>
    Task<PlayedEdge> JoinAsync();

    /// <summary>
    /// A session ends as of a clean stop: fenced and settled, and every authority that goes on knows of it.
    /// </summary>
    Task EndAsync(PlayedEdge edge);
}
