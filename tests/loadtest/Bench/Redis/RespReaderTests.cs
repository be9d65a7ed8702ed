using System.Text;
using Sluice.Bench.Redis;
using Xunit;

namespace Sluice.LoadTest.Tests.Bench.Redis;

public sealed class RespReaderTests
{
    [Theory]
    [InlineData(":-42\r\n", -42, null, false)]
    [InlineData("+OK\r\n", 0, "OK", false)]
    [InlineData("-ERR no\r\n", 0, "ERR no", true)]
    [InlineData("$7\r\nab\r\ncde\r\n", 0, "ab\r\ncde", false)]
    [InlineData("$0\r\n\r\n", 0, "", false)]
    [InlineData("$-1\r\n", 0, null, false)]
    public void Answer_IsTheSame_HoweverItIsSplit(string wire, long number, string? text, bool isError)
    {
        var bytes = Encoding.UTF8.GetBytes(wire);
        for (var cut = 0; cut < bytes.Length; cut++)
            Assert.False(RespReader.TryRead(bytes.AsSpan(0, cut), out _, out _));

        Assert.True(RespReader.TryRead([.. bytes, (byte)':'], out var value, out var consumedBytes));
        Assert.Equal(new RespValue(number, text, isError), value);
        Assert.Equal(bytes.Length, consumedBytes);
    }

    [Theory]
    [InlineData("*1\r\n")]
    [InlineData(":many\r\n")]
    public void OtherAnswers_AreRefused(string wire) =>
        Assert.Throws<InvalidDataException>(() => RespReader.TryRead(Encoding.UTF8.GetBytes(wire), out _, out _));

    [Fact]
    public void Command_CountsBytes_NotLetters() =>
        Assert.Equal("*2\r\n$3\r\nGET\r\n$3\r\n€\r\n", Encoding.UTF8.GetString(RespCommand.Encode("GET", "€")));
}
