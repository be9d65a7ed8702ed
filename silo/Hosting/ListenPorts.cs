using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Sluice.Api.Settings;
using Sluice.Silo.Cluster;

namespace Sluice.Silo.Hosting;

/// <summary>
/// Checks the ports of <c>SLUICE_LISTEN</c> before anything is started: the web server listens last, and what had been
/// started by then would have to be stopped again.
/// </summary>
internal static class ListenPorts
{
    /// <exception cref="PortInUseException">One of them is taken, not of this machine, or not allowed.</exception>
    public static void CheckAreFree(SluiceOptions options)
    {
        foreach (var address in options.ListenAddresses)
        {
            var binding = BindingAddress.Parse(address);
            if (binding.IsUnixPipe || binding.Port == 0)
                continue;
            var host = IPAddress.TryParse(binding.Host.Trim('[', ']'), out var ip) ? ip
                : binding.Host == "localhost" ? IPAddress.Loopback
                : IPAddress.Any;
            try
            {
                using var probe = new Socket(host.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
                probe.Bind(new IPEndPoint(host, binding.Port));
                probe.Listen();
            }
            catch (SocketException failure)
            {
                throw new PortInUseException(
                    failure.SocketErrorCode == SocketError.AddressAlreadyInUse
                        ? InUse(address)
                        : $"SLUICE_LISTEN is {address}, which can't be listened on: {failure.Message}.",
                    failure);
            }
        }
    }

    /// <summary>Says that an address is taken, or one of several.</summary>
    public static string InUse(string listen) =>
        $"SLUICE_LISTEN is {listen}, which another program listens on. Stop it, or set SLUICE_LISTEN to another "
        + "address.";
}
