using System.Net;
using System.Net.Sockets;

namespace Sluice.Api.Webhooks;

/// <summary>
/// Opens the connections of deliveries. A name is resolved once, and the connection goes to one of the addresses that
/// were checked, so a name that resolves differently a moment later (DNS rebinding) gains nothing. A name of a private
/// address fails exactly as a name that does not exist: what names there are inside is nobody's business.
/// </summary>
internal static class PublicConnector
{
    public static async ValueTask<Stream> ConnectAsync(
        SocketsHttpConnectionContext context, bool privateAllowed, CancellationToken ct)
    {
        var target = context.DnsEndPoint;
        var isLiteral = IPAddress.TryParse(target.Host, out var literal);
        var addresses = isLiteral ? [literal!] : await Dns.GetHostAddressesAsync(target.Host, ct);
        if (!privateAllowed)
            addresses = [.. addresses.Where(PublicAddresses.IsPublic)];
        if (addresses.Length == 0)
            throw isLiteral ? new PrivateTargetException() : new SocketException((int)SocketError.HostNotFound);
        SocketException? last = null;
        foreach (var address in addresses)
        {
            Socket? socket = null;
            try
            {
                socket = new(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(new IPEndPoint(address, target.Port), ct);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException failure)
            {
                socket?.Dispose();
                last = failure;
            }
            catch
            {
                socket?.Dispose();
                throw;
            }
        }

        throw last!;
    }
}
