using Sluice.Bench.Processes;

namespace Sluice.Bench.Contenders;

/// <summary>A contender with grains that every request calls, in a number of silos on this machine.</summary>
internal sealed class NaiveCluster(int nodes, TimeProvider time) : IContender
{
    private readonly ProcessGroup _silos = new(nodes);
    private PrivatePostgres? _membership;

    public async Task<Endpoint> StartAsync(CancellationToken cancellation)
    {
        _membership = await PrivatePostgres.StartAsync();
        await _silos.StartAsync(_ => PeerProcess.StartAsync("naive", _membership.OwnerConnectionString, time));
        return PeerProcess.EndpointOf(_silos.Members);
    }

    public async ValueTask DisposeAsync()
    {
        await _silos.DisposeAsync();
        if (_membership is not null)
            await _membership.DisposeAsync();
    }
}
