using System.Globalization;
using System.Net.Sockets;
using StackExchange.Redis;

namespace Sluice.Bench.Peers;

/// <summary>
/// The usual counter service: a Lua script checks three counters against their limits and raises all or none, with
/// every write on disk before the answer (<c>appendfsync always</c>). It keeps no events, so it can neither recognise a
/// repeated id nor bill from a ledger: it does less than the others.
/// </summary>
internal static class RedisPeer
{
    private const string Script =
        """
        local tokens = tonumber(ARGV[1])
        local blocked = tonumber(ARGV[2])
        for i = 1, 3 do
          if tonumber(redis.call('get', KEYS[i]) or '0') + tokens > blocked then return 0 end
        end
        for i = 1, 3 do redis.call('incrby', KEYS[i], tokens) end
        return 1
        """;

    public static async Task RunAsync(string socketPath)
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(
            new ConfigurationOptions { EndPoints = { new UnixDomainSocketEndPoint(socketPath) } });
        var database = redis.GetDatabase();
        await PeerHost.RunAsync(async (keyIndex, _, tokens) =>
        {
            var (key, project, tenant) = PeerScopes.Of(keyIndex);
            // The client loads the script once, and then sends its hash.
            var answer = await database.ScriptEvaluateAsync(
                Script, [Name(key), Name(project), Name(tenant)], [tokens, PeerScopes.LimitTokens]);
            return (long)answer == 1;
        });
    }

    private static RedisKey Name(int counter) => string.Create(CultureInfo.InvariantCulture, $"used:{counter}");
}
