using System.Globalization;
using Sluice.Bench.Cluster.Naive;
using Sluice.Bench.Contenders;
using Sluice.Bench.Peers;
using Sluice.Bench.Processes;
using Sluice.LoadTest.Processes;

namespace Sluice.Bench.Cluster.Contenders;

/// <summary>Grains that every request asks, in so many silos on this machine.</summary>
internal sealed class NaiveCluster(int nodes, TimeProvider time) : IContender
{
    /// <summary>What this program is told to become a silo.</summary>
    public const string Command = "peer";

    private readonly ProcessGroup _silos = new(nodes);
    private PrivatePostgres? _membership;

    public async Task<Endpoint> StartAsync(CancellationToken cancellation)
    {
        _membership = await PrivatePostgres.StartAsync();
        var ports = FreePorts.Next(nodes);
        await _silos.StartAsync(i => ChildProcess.StartAsync(
            "dotnet",
            [typeof(NaiveCluster).Assembly.Location, Command],
            new Dictionary<string, string>
            {
                [PeerProcess.StoreVariable] = _membership.ConnectionString,
                [NaivePeer.SiloPortVariable] = ports[i].ToString(CultureInfo.InvariantCulture),
            },
            PeerHost.ReadyLine,
            time));
        return PeerProcess.EndpointOf(_silos.Members);
    }

    public async ValueTask DisposeAsync()
    {
        await _silos.DisposeAsync();
        if (_membership is not null)
            await _membership.DisposeAsync();
    }
}
