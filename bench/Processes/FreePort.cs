using System.Net;
using System.Net.Sockets;

namespace Sluice.Bench.Processes;

/// <summary>Finds ports for servers that can't choose their own.</summary>
internal static class FreePort
{
    public static int Find()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
