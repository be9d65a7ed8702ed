using System.Text;
using Sluice.LoadTest.Http;
using Xunit;

namespace Sluice.LoadTest.Tests.Http;

public sealed class AnswerParserTests
{
    private const string Plain = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 13\r\n\r\n"
        + "{\"id\":\"evt\"}\n";

    private const string Chunked = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"
        + "5\r\nHello\r\nA;note=x\r\n, chunked \r\n6\r\nworld!\r\n0\r\nTrailer: yes\r\n\r\n";

    [Theory]
    [InlineData(Plain, "{\"id\":\"evt\"}\n")]
    [InlineData(Chunked, "Hello, chunked world!")]
    public void Answer_IsTheSame_HoweverItIsSplit(string wire, string body)
    {
        for (var cut = 0; cut < wire.Length; cut++)
        {
            var received = Encoding.ASCII.GetBytes(wire);
            Assert.False(AnswerParser.TryParse(received.AsMemory(0, cut), out _, out var early));
            Assert.Equal(0, early);

            Assert.True(AnswerParser.TryParse(received, out var answer, out var consumed));
            Assert.Equal(wire.Length, consumed);
            Assert.Equal(200, answer.Status);
            Assert.Equal(body, TextOf(answer));
        }
    }

    [Theory]
    [InlineData(Plain)]
    [InlineData(Chunked)]
    public void PipelinedAnswers_AreTakenOneByOne(string wire)
    {
        var received = Encoding.ASCII.GetBytes(wire + Plain + wire).AsMemory();
        var taken = 0;
        while (AnswerParser.TryParse(received, out var answer, out var consumed))
        {
            Assert.Equal(200, answer.Status);
            received = received[consumed..];
            taken++;
        }

        Assert.Equal(3, taken);
        Assert.True(received.IsEmpty);
    }

    [Fact]
    public void Unavailable_SaysWhenToTryAgain_AndThatTheConnectionEnds()
    {
        var answer = Parse("HTTP/1.1 503 Service Unavailable\r\nRetry-After: 2\r\nConnection: close\r\n"
            + "Content-Length: 0\r\n\r\n");

        Assert.Equal(new HttpAnswer(503, answer.Body, 2, ClosesConnection: true), answer);
        Assert.True(answer.Body.IsEmpty);
    }

    [Fact]
    public void RetryAfterAsDate_IsTakenAsNone()
    {
        var answer = Parse("HTTP/1.1 429 Too Many Requests\r\nRetry-After: Fri, 31 Dec 1999 23:59:59 GMT\r\n"
            + "Content-Length: 0\r\n\r\n");

        Assert.Equal(-1, answer.RetryAfterSeconds);
    }

    [Fact]
    public void NoContent_EndsWithItsHead() => Assert.Equal(204, Parse("HTTP/1.1 204 No Content\r\n\r\n").Status);

    [Fact]
    public void InterimAnswer_IsPassedOver()
    {
        var answer = Parse("HTTP/1.1 100 Continue\r\n\r\n" + Plain);

        Assert.Equal(200, answer.Status);
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n\r\n")]
    [InlineData("HTTP/1.1 abc Odd\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 1x\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nno colon\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n0\r\n\r\n")]
    public void WhatIsNotHttp_IsRefused(string wire) => Assert.Throws<InvalidDataException>(() => Parse(wire));

    [Fact]
    public void EndlessHead_IsRefused()
    {
        var endless = "HTTP/1.1 200 OK\r\n" + new string('x', AnswerParser.MaxHeadBytes);

        Assert.Throws<InvalidDataException>(() => Parse(endless));
    }

    private static HttpAnswer Parse(string wire)
    {
        Assert.True(AnswerParser.TryParse(Encoding.ASCII.GetBytes(wire), out var answer, out var consumed));
        Assert.Equal(wire.Length, consumed);
        return answer;
    }

    private static string TextOf(HttpAnswer answer) => Encoding.ASCII.GetString(answer.Body.Span);
}
