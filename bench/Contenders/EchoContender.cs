using Sluice.Bench.Processes;

namespace Sluice.Bench.Contenders;

/// <summary>A contender that does HTTP and JSON, and nothing else.</summary>
internal sealed class EchoContender(TimeProvider time) : IContender
{
    private ChildProcess? _peer;

    public async Task<Endpoint> StartAsync(CancellationToken cancellation)
    {
        _peer = await PeerProcess.StartAsync("echo", store: string.Empty, time);
        return PeerProcess.EndpointOf(_peer);
    }

    public ValueTask DisposeAsync() => _peer?.DisposeAsync() ?? ValueTask.CompletedTask;
}
