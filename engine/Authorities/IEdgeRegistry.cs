namespace Sluice.Engine.Authorities;

/// <summary>Makes the edge of this process known to the authorities, wherever they are.</summary>
public interface IEdgeRegistry
{
    /// <summary>The edge has a session; pushes may come for it from now on.</summary>
    void Join(IEdgeEndpoint edge);

    /// <summary>
    /// Sessions of other nodes were fenced just now. Whatever ran them may still be alive and answer from memory until
    /// its time to live is over.
    /// </summary>
    void OnOthersFenced();

    /// <summary>Keeps the edge known until stopped.</summary>
    Task RunAsync(CancellationToken stop);
}
