namespace Sluice.Bench.Peers;

/// <summary>Reads the body and answers: the cost of HTTP and JSON alone, the ceiling for all contenders.</summary>
internal static class EchoPeer
{
    public static Task RunAsync() => PeerHost.RunAsync((_, _, _) => ValueTask.FromResult(true));
}
