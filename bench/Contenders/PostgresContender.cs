using Sluice.Bench.Processes;
using Sluice.TestPostgres;

namespace Sluice.Bench.Contenders;

/// <summary>One PostgreSQL transaction per request, on a private cluster with the same settings as Sluice's.</summary>
internal sealed class PostgresContender(TimeProvider time) : IContender
{
    private PostgresCluster? _cluster;
    private ChildProcess? _peer;

    public async Task<Endpoint> StartAsync(CancellationToken cancellation)
    {
        _cluster = await PrivatePostgres.StartAsync();
        _peer = await PeerProcess.StartAsync("postgres", await _cluster.CreateDatabaseAsync(), time);
        return PeerProcess.EndpointOf(_peer);
    }

    public async ValueTask DisposeAsync()
    {
        if (_peer is not null)
            await _peer.DisposeAsync();
        if (_cluster is not null)
            await _cluster.DisposeAsync();
    }
}
