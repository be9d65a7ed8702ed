using System.Text;
using Sluice.Api.Auth;
using Xunit;

namespace Sluice.Api.Tests.Auth;

public sealed class TotpTests
{
    private static readonly byte[] RfcSecret = Encoding.ASCII.GetBytes("12345678901234567890");

    /// <summary>RFC 6238, appendix B, the last six of eight digits.</summary>
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1_111_111_109, "081804")]
    [InlineData(1_111_111_111, "050471")]
    [InlineData(1_234_567_890, "005924")]
    [InlineData(2_000_000_000, "279037")]
    [InlineData(20_000_000_000, "353130")]
    public void Codes_AreThoseOfTheRfc(long unixSeconds, string code) => Assert.Equal(
        unixSeconds / 30, Totp.StepOf(RfcSecret, code, DateTimeOffset.FromUnixTimeSeconds(unixSeconds)));

    [Theory]
    [InlineData(-30, true)]
    [InlineData(30, true)]
    [InlineData(-90, false)]
    [InlineData(90, false)]
    public void AClock_MayBeAStepAway(int seconds, bool accepted)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_234_567_890);

        const string code = "005924";
        var step = Totp.StepOf(RfcSecret, code, now.AddSeconds(seconds));

        Assert.Equal(accepted, step is not null);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("12345")]
    [InlineData("1234567")]
    [InlineData("28708x")]
    [InlineData("２８７０８２")]
    public void WhatIsNoCode_IsNone(string? code) =>
        Assert.Null(Totp.StepOf(RfcSecret, code, DateTimeOffset.FromUnixTimeSeconds(59)));

    /// <summary>RFC 4648, section 10, without padding.</summary>
    [Theory]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Base32_IsThatOfTheRfc(string text, string expected) =>
        Assert.Equal(expected, Totp.TextOf(Encoding.ASCII.GetBytes(text)));
}
