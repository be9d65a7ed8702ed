using System.Net;
using System.Net.Sockets;

namespace Sluice.Bench.Processes;

/// <summary>Finds ports for servers that can't choose their own.</summary>
internal static class FreePort
{
    public static int Find() => Find(1)[0];

    /// <summary>Finds several, all of them different.</summary>
    public static IReadOnlyList<int> Find(int count)
    {
        var listeners = new List<TcpListener>();
        try
        {
            for (var i = 0; i < count; i++)
            {
                listeners.Add(new TcpListener(IPAddress.Loopback, 0));
                listeners[i].Start();
            }

            return [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        }
        finally
        {
            listeners.ForEach(listener => listener.Dispose());
        }
    }
}
