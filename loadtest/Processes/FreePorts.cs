using System.Net;
using System.Net.Sockets;

namespace Sluice.LoadTest.Processes;

/// <summary>
/// Finds unused ports for servers that can't choose their own. The operating system is not asked: it would pick from
/// the range that it also gives to clients, and a client could take the port before its server does.
/// </summary>
internal static class FreePorts
{
    private const int First = 12_000;
    private const int Count = 10_000;

    // Processes that search at the same time begin at different places.
    private static readonly int Start = Environment.ProcessId * 97 % Count;
    private static int _taken;

    /// <summary>Returns a port that was free a moment ago; this process never returns it twice.</summary>
    public static int Next() => Row(1);

    /// <summary>Returns a number of free ports.</summary>
    public static IReadOnlyList<int> Next(int count) => [.. Enumerable.Range(0, count).Select(static _ => Next())];

    /// <summary>Returns the first of a number of consecutive free ports: nodes count up from one.</summary>
    public static int Row(int count)
    {
        while (true)
        {
            var last = (Start + Interlocked.Add(ref _taken, count)) % Count;
            var first = First + last - count + 1;
            if (first >= First && Enumerable.Range(first, count).All(IsFree))
                return first;
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
