using System.Net;
using System.Net.Sockets;

namespace Sluice.EndToEnd.Nodes;

/// <summary>
/// Ports that nobody listens on. Not the system's own choice: it would choose among those that it also gives to
/// clients, and one of them could take the port of a node that is down for a moment.
/// </summary>
internal static class FreePorts
{
    private const int First = 12_000;
    private const int Count = 18_000;

    private static readonly int Start = Environment.ProcessId * 97 % Count;
    private static int _taken;

    /// <summary>A port that was free a moment ago, and is not given twice by this process.</summary>
    public static int Next()
    {
        while (true)
        {
            var port = First + ((Start + Interlocked.Increment(ref _taken)) % Count);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken.
            }
        }
    }
}
