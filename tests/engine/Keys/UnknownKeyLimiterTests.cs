using System.Net;
using Xunit;

namespace Sluice.Engine.Keys;

public sealed class UnknownKeyLimiterTests
{
    private static readonly IPAddress Sender = IPAddress.Parse("192.0.2.1");

    private readonly UnknownKeyLimiter _limiter = new();

    [Fact]
    public void AnAddress_HasItsBurst_AndThenItsRate()
    {
        Assert.Equal(UnknownKeyLimiter.Burst, Taken(Sender, 1_000, 0));

        Assert.Equal(0, Taken(Sender, 1_000, 19));
        Assert.Equal(1, Taken(Sender, 1_000, 20));
        Assert.Equal(UnknownKeyLimiter.PerSecond, Taken(Sender, 1_000, 1_020));
        Assert.Equal(UnknownKeyLimiter.Burst, Taken(Sender, 1_000, 1_000_000));
    }

    [Fact]
    public void OtherAddresses_HaveTheirOwn()
    {
        Taken(Sender, 1_000, 0);

        // Two may share a bucket, but not these ten.
        var others = Enumerable.Range(2, 10).Count(n => _limiter.TryTake(IPAddress.Parse($"192.0.2.{n}"), 0));

        Assert.InRange(others, 9, 10);
    }

    [Fact]
    public void AHostsWholeNetwork_IsOneAddress_UnderIPv6()
    {
        Taken(IPAddress.Parse("2001:db8:1:2::1"), 1_000, 0);

        Assert.False(_limiter.TryTake(IPAddress.Parse("2001:db8:1:2:ffff::7"), 0));
        var others = Enumerable.Range(3, 10).Count(n => _limiter.TryTake(IPAddress.Parse($"2001:db8:1:{n}::1"), 0));
        Assert.InRange(others, 9, 10);
    }

    [Fact]
    public void MappedAddresses_AreNotOneNetwork()
    {
        Taken(IPAddress.Parse("::ffff:192.0.2.1"), 1_000, 0);

        var others = Enumerable.Range(2, 10).Count(n => _limiter.TryTake(IPAddress.Parse($"::ffff:192.0.2.{n}"), 0));
        Assert.InRange(others, 9, 10);
    }

    private int Taken(IPAddress address, int times, long nowMs) =>
        Enumerable.Range(0, times).Count(_ => _limiter.TryTake(address, nowMs));
}
