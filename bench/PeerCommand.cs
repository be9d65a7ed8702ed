using System.CommandLine;
using Sluice.Bench.Contenders;
using Sluice.Bench.Naive;
using Sluice.Bench.Peers;

namespace Sluice.Bench;

/// <summary>The part of the program that the harness starts in other processes.</summary>
internal static class PeerCommand
{
    public static Command Create()
    {
        var store = () => Environment.GetEnvironmentVariable(PeerProcess.StoreVariable)!;
        return new Command("peer", "Run as a peer") { Hidden = true }
            .With(new Command("echo"), EchoPeer.RunAsync)
            .With(new Command("postgres"), () => PostgresPeer.RunAsync(store()))
            .With(new Command("redis"), () => RedisPeer.RunAsync(store()))
            .With(new Command("naive"), () => NaivePeer.RunAsync(store()));
    }

    private static Command With(this Command parent, Command peer, Func<Task> run)
    {
        peer.SetAction((_, _) => run());
        parent.Add(peer);
        return parent;
    }
}
