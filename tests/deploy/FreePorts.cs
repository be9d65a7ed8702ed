using System.Net;
using System.Net.Sockets;

namespace Sluice.Deploy.Tests;

/// <summary>Ports that nobody listens on at the moment.</summary>
internal static class FreePorts
{
    private const int AttemptsMax = 100;

    public static int One() => Row(1);

    /// <summary>The first of so many in a row: nodes count up from one.</summary>
    public static int Row(int count)
    {
        for (var attempt = 0; attempt < AttemptsMax; attempt++)
        {
            var held = new List<TcpListener>();
            try
            {
                held.Add(Listen(0));
                var first = ((IPEndPoint)held[0].LocalEndpoint).Port;
                for (var i = 1; i < count; i++)
                    held.Add(Listen(first + i));
                return first;
            }
            catch (Exception e) when (e is SocketException or ArgumentOutOfRangeException)
            {
                // One of the row is taken, or there is none above the last.
            }
            finally
            {
                held.ForEach(static l => l.Dispose());
            }
        }

        throw new InvalidOperationException($"no {count} free ports in a row");
    }

    private static TcpListener Listen(int port)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        return listener;
    }
}
