using System.Globalization;
using Sluice.Bench.Peers;
using Sluice.Bench.Processes;
using Sluice.LoadTest.Http;
using Sluice.LoadTest.Management;

namespace Sluice.Bench.Contenders;

/// <summary>Starts this program again as one of the peers.</summary>
internal static class PeerProcess
{
    /// <summary>The variable with a peer's store: a connection string or a socket's path.</summary>
    public const string StoreVariable = "SLUICE_BENCH_STORE";

    public static Task<ChildProcess> StartAsync(string peer, string store, TimeProvider time) =>
        ChildProcess.StartAsync(
            "dotnet",
            [typeof(PeerProcess).Assembly.Location, "peer", peer],
            new Dictionary<string, string> { [StoreVariable] = store },
            PeerHost.ReadyLine,
            time);

    public static Endpoint EndpointOf(params IEnumerable<ChildProcess> peers) => new(
        [.. peers.Select(peer => HttpTarget.Parse(peer.ReadyText))],
        [
            .. Enumerable.Range(0, PeerScopes.Keys).Select(index => new FleetKey(
                index.ToString(CultureInfo.InvariantCulture), $"key-{index}", PeerHost.SecretOf(index))),
        ]);
}
