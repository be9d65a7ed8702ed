using System.Net;
using System.Net.Sockets;

namespace Sluice.Api.Webhooks;

/// <summary>
/// Distinguishes public internet addresses from all others. The creator of a webhook chooses where this service sends
/// requests, and must not reach through it what only the service can reach: its own ports, its network, the metadata of
/// its machine. Based on the IANA registries of special-purpose addresses.
/// </summary>
internal static class PublicAddresses
{
    private static readonly IPNetwork[] ReservedV4 =
    [
        IPNetwork.Parse("0.0.0.0/8"), // this network
        IPNetwork.Parse("10.0.0.0/8"), // private
        IPNetwork.Parse("100.64.0.0/10"), // shared by carriers
        IPNetwork.Parse("127.0.0.0/8"), // loopback
        IPNetwork.Parse("169.254.0.0/16"), // link-local, and the metadata of clouds
        IPNetwork.Parse("172.16.0.0/12"), // private
        IPNetwork.Parse("192.0.0.0/24"), // protocol assignments
        IPNetwork.Parse("192.0.2.0/24"), // documentation
        IPNetwork.Parse("192.88.99.0/24"), // 6to4 relays
        IPNetwork.Parse("192.168.0.0/16"), // private
        IPNetwork.Parse("198.18.0.0/15"), // benchmarks
        IPNetwork.Parse("198.51.100.0/24"), // documentation
        IPNetwork.Parse("203.0.113.0/24"), // documentation
        IPNetwork.Parse("224.0.0.0/4"), // multicast
        IPNetwork.Parse("240.0.0.0/4"), // reserved, and broadcast
    ];

    /// <summary>
    /// The IPv6 addresses in public use. Outside are loopback, link-local, unique-local, multicast, and the addresses
    /// that stand for IPv4 ones: mapped (::ffff:0:0/96) and translated (64:ff9b::/96, 64:ff9b:1::/48).
    /// </summary>
    private static readonly IPNetwork GlobalV6 = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] ReservedV6 =
    [
        IPNetwork.Parse("2001::/23"), // protocol assignments, Teredo among them
        IPNetwork.Parse("2001:db8::/32"), // documentation
        IPNetwork.Parse("2002::/16"), // 6to4: leads to the IPv4 address inside
        IPNetwork.Parse("3fff::/20"), // documentation
    ];

    public static bool IsPublic(IPAddress address) => address.AddressFamily switch
    {
        AddressFamily.InterNetwork => !IsIn(ReservedV4, address),
        AddressFamily.InterNetworkV6 => IsIn([GlobalV6], address) && !IsIn(ReservedV6, address),
        _ => false,
    };

    private static bool IsIn(IPNetwork[] networks, IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        Span<byte> start = stackalloc byte[16];
        address.TryWriteBytes(bytes, out var length);
        foreach (var network in networks)
        {
            network.BaseAddress.TryWriteBytes(start, out _);
            if (BitsInCommon(bytes[..length], start) >= network.PrefixLength)
                return true;
        }

        return false;
    }

    /// <summary>
    /// Compares the bytes as they are: the framework considers some mapped IPv4 addresses, ::ffff:10.0.0.1 among them,
    /// part of 2000::/3.
    /// </summary>
    private static int BitsInCommon(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        var same = one.CommonPrefixLength(other);
        return same == one.Length
            ? same * 8
            : (same * 8) + int.LeadingZeroCount(one[same] ^ other[same]) - 24;
    }
}
