namespace Sluice.Engine.Authorities;

/// <summary>Makes the edge of this process known to the authorities, wherever they are.</summary>
public interface IEdgeRegistry
{
    /// <summary>The edge has a session; pushes may come for it from now on.</summary>
    void Join(IEdgeEndpoint edge);

    /// <summary>Keeps the edge known until stopped.</summary>
    Task RunAsync(CancellationToken stop);
}
