using System.Net;
using System.Net.Sockets;
using Sluice.Api.Settings;

namespace Sluice.Silo.Cluster;

/// <summary>
/// The two ports of this node's silo, reserved before the silo starts, because it announces them before it listens.
/// Each is bound by a socket that never listens and lets other sockets of this user share its port, as Orleans' own
/// listener does. So a free port can't be taken by another process between its choice and its use.
/// </summary>
internal sealed class SiloPorts : IDisposable
{
    private readonly List<Socket> _reservations = [];

    private SiloPorts()
    {
    }

    /// <summary>The port that this silo announces to other silos.</summary>
    public int Silo { get; private set; }

    /// <summary>The port on which this silo listens for them.</summary>
    public int SiloListen { get; private set; }

    /// <summary>The port at which nodes of role <c>api</c> reach this silo.</summary>
    public int Gateway { get; private set; }

    /// <summary>Reserves the configured ports, and free ones for those that are not configured.</summary>
    /// <exception cref="PortInUseException">A configured port is in use.</exception>
    public static SiloPorts Reserve(SluiceOptions options)
    {
        var ports = new SiloPorts();
        if (!options.HostsAuthorities)
            return ports;
        try
        {
            var (listen, setting) = options.SiloListenPort > 0
                ? (options.SiloListenPort, "SLUICE_SILO_LISTEN_PORT")
                : (options.SiloPort, "SLUICE_SILO_PORT");
            ports.SiloListen = ports.Reserve(options.SiloAddress, listen, setting);
            ports.Silo = options.SiloListenPort > 0 ? options.SiloPort : ports.SiloListen;
            ports.Gateway = ports.Reserve(options.SiloAddress, options.GatewayPort, "SLUICE_GATEWAY_PORT");
            return ports;
        }
        catch
        {
            ports.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (var reservation in _reservations)
            reservation.Dispose();
    }

    private int Reserve(IPAddress address, int port, string setting)
    {
        if (port > 0)
            CheckIsFree(address, port, setting);
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        _reservations.Add(socket);
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        socket.Bind(new IPEndPoint(address, port));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    /// <summary>
    /// Checks that a port is free: two nodes would otherwise share it, each with half of the connections.
    /// </summary>
    private static void CheckIsFree(IPAddress address, int port, string setting)
    {
        using var probe = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            probe.Bind(new IPEndPoint(address, port));
        }
        catch (SocketException e)
        {
            throw new PortInUseException($"{setting} is {port}, which can't be listened on: {e.Message}.", e);
        }
    }
}
