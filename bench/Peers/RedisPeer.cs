using System.Globalization;
using Sluice.Bench.Redis;

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
        await using var redis = await RespConnection.OpenAsync(socketPath);
        var script = (await redis.CallAsync(RespCommand.Encode("SCRIPT", "LOAD", Script))).Text!;
        var limit = PeerScopes.LimitTokens.ToString(CultureInfo.InvariantCulture);
        await PeerHost.RunAsync(async (keyIndex, _, tokens) =>
        {
            var (key, project, tenant) = PeerScopes.Of(keyIndex);
            var answer = await redis.CallAsync(RespCommand.Encode(
                "EVALSHA", script, "3", Name(key), Name(project), Name(tenant),
                tokens.ToString(CultureInfo.InvariantCulture), limit));
            return answer.Number == 1;
        });
    }

    private static string Name(int counter) => string.Create(CultureInfo.InvariantCulture, $"used:{counter}");
}
