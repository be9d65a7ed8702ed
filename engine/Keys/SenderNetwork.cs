using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Sluice.Engine.Keys;

/// <summary>
/// Who sends, as far as bounds by address go: an IPv4 address, or a network of 64 bits of IPv6, because a host has all
/// of that. Senders without an address are one.
/// </summary>
/// <param name="Family">The family of the address.</param>
/// <param name="Bits">The bits of the address that count.</param>
public readonly record struct SenderNetwork(AddressFamily Family, ulong Bits)
{
    public static SenderNetwork Of(IPAddress? address)
    {
        if (address is null)
            return new SenderNetwork(AddressFamily.Unspecified, 0);
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        return new SenderNetwork(address.AddressFamily, BinaryPrimitives.ReadUInt64BigEndian(bytes));
    }
}
