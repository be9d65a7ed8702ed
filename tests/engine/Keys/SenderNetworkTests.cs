using System.Net;
using Xunit;

namespace Sluice.Engine.Keys;

public sealed class SenderNetworkTests
{
    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("2001:db8::1", "2001:db8::ffff", true)]
    [InlineData("2001:db8::1", "2001:db8:0:1::1", false)]
    [InlineData("c000:201::", "192.0.2.1", false)]
    [InlineData("0.0.0.0", "::", false)]
    public void Addresses_AreOneSender_IfOneHostMayHaveBoth(string one, string other, bool same) => Assert.Equal(
        same, SenderNetwork.Of(IPAddress.Parse(one)) == SenderNetwork.Of(IPAddress.Parse(other)));

    [Fact]
    public void NoAddress_IsASenderOfItsOwn() =>
        Assert.NotEqual(SenderNetwork.Of(null), SenderNetwork.Of(IPAddress.Any));
}
