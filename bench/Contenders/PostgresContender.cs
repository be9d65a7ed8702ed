using Sluice.Bench.Processes;

namespace Sluice.Bench.Contenders;

/// <summary>
/// A contender with one PostgreSQL transaction per request, on a private cluster with the same settings as Sluice's.
/// </summary>
internal sealed class PostgresContender(TimeProvider time) : IContender
{
    private PrivatePostgres? _postgres;
    private ChildProcess? _peer;

    public async Task<Endpoint> StartAsync(CancellationToken cancellation)
    {
        _postgres = await PrivatePostgres.StartAsync();
        _peer = await PeerProcess.StartAsync("postgres", _postgres.OwnerConnectionString, time);
        return PeerProcess.EndpointOf(_peer);
    }

    public async ValueTask DisposeAsync()
    {
        if (_peer is not null)
            await _peer.DisposeAsync();
        if (_postgres is not null)
            await _postgres.DisposeAsync();
    }
}
