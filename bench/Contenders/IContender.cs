namespace Sluice.Bench.Contenders;

/// <summary>A server, with all that it needs, in processes of its own; disposing ends them.</summary>
internal interface IContender : IAsyncDisposable
{
    /// <exception cref="ContenderUnavailableException">Something it needs is not there.</exception>
    Task<Endpoint> StartAsync(CancellationToken cancellation);
}
