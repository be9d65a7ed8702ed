namespace Sluice.Bench.Peers;

/// <summary>Reads the body and answers: what HTTP and JSON cost on a machine, and the ceiling for everyone.</summary>
internal static class EchoPeer
{
    public static Task RunAsync() => PeerHost.RunAsync((_, _, _) => ValueTask.FromResult(true));
}
