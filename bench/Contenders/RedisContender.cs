using Sluice.Bench.Processes;

namespace Sluice.Bench.Contenders;

/// <summary>A contender with one Lua script in Redis per request; every write is on disk before its answer.</summary>
internal sealed class RedisContender(TimeProvider time) : IContender
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sluice-bench-redis-");
    private ChildProcess? _redis;
    private ChildProcess? _peer;

    public async Task<Endpoint> StartAsync(CancellationToken cancellation)
    {
        var program = await RedisInstallation.FindOrInstallAsync(cancellation);
        var socketPath = Path.Combine(_folder.FullName, "redis.sock");
        _redis = await ChildProcess.StartAsync(
            program,
            [
                "--port", "0", "--unixsocket", socketPath, "--dir", _folder.FullName, "--save", string.Empty,
                "--appendonly", "yes", "--appendfsync", "always", "--daemonize", "no",
            ],
            new Dictionary<string, string>(),
            "eady to accept connections",
            time);
        _peer = await PeerProcess.StartAsync("redis", socketPath, time);
        return PeerProcess.EndpointOf(_peer);
    }

    public async ValueTask DisposeAsync()
    {
        if (_peer is not null)
            await _peer.DisposeAsync();
        if (_redis is not null)
            await _redis.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
