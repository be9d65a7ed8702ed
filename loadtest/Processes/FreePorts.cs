using System.Net;
using System.Net.Sockets;

namespace Sluice.LoadTest.Processes;

/// <summary>
/// Ports that nobody listens on, for servers that can't choose their own. Not the system's choice: it would choose
/// among those that it also gives to clients, and one of them could take the port before its server does.
/// </summary>
internal static class FreePorts
{
    private const int First = 12_000;
    private const int Count = 10_000;

    // Processes that look at the same time begin at different places.
    private static readonly int Start = Environment.ProcessId * 97 % Count;
    private static int _taken;

    /// <summary>A port that was free a moment ago, and is not given twice by this process.</summary>
    public static int Next() => Row(1);

    /// <summary>So many of them.</summary>
    public static IReadOnlyList<int> Next(int count) => [.. Enumerable.Range(0, count).Select(static _ => Next())];

    /// <summary>The first of so many in a row: nodes count up from one.</summary>
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
