namespace Sluice.Bench.Contenders;

/// <summary>A server in separate processes, with everything it needs; disposing it ends them.</summary>
internal interface IContender : IAsyncDisposable
{
    /// <exception cref="ContenderUnavailableException">Something it needs is missing.</exception>
    Task<Endpoint> StartAsync(CancellationToken cancellation);
}
