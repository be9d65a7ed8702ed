using System.Net;
using System.Net.Sockets;
using System.Text;
using Sluice.LoadTest.Hammer;
using Sluice.LoadTest.Http;
using Sluice.LoadTest.Lanes;
using Sluice.LoadTest.Management;
using Sluice.LoadTest.Runs;
using Xunit;

namespace Sluice.LoadTest.Tests.Runs;

public sealed class LoadRunTests
{
    private static readonly byte[] Counted = Encoding.ASCII.GetBytes(
        "HTTP/1.1 200 OK\r\nContent-Length: 19\r\n\r\n{\"duplicate\":false}");

    [Fact]
    public async Task SilentServer_IsHungUpOn_AndAskedAgain()
    {
        using var listener = Listen();
        var options = OptionsFor(listener) with { AnswerTimeout = TimeSpan.FromMilliseconds(100) };
        var serving = AnswerOnlyTheSecondConnectionAsync(listener);

        var result = await RunAsync(options, requests: 1, TestContext.Current.CancellationToken);

        await serving;
        Assert.True(result.IsComplete);
        Assert.Equal(1, result.Tally.Counted);
        Assert.Equal(1, result.Tally.Retried);
    }

    [Fact]
    public async Task AbsentServer_LeavesEventsUnanswered_WhenPatienceEnds()
    {
        var listener = Listen();
        var options = OptionsFor(listener) with { Retry = new RetryPolicy { GiveUpAfter = TimeSpan.Zero } };
        listener.Dispose();

        var result = await RunAsync(options, requests: 3, TestContext.Current.CancellationToken);

        Assert.Equal(3, result.Tally.Unanswered);
        Assert.False(result.IsComplete);
    }

    [Fact]
    public async Task Stopping_IsNotAnError_ButTheResultIsNotComplete()
    {
        using var listener = Listen();
        using var stop = new CancellationTokenSource();
        var running = RunAsync(OptionsFor(listener), requests: 1, stop.Token);
        using var connection = await listener.AcceptSocketAsync(TestContext.Current.CancellationToken);

        await stop.CancelAsync();
        var result = await running;

        Assert.True(result.Interrupted);
        Assert.False(result.IsComplete);
        Assert.Equal(0, result.Tally.Events);
    }

    [Theory]
    [InlineData(4, 2, 2)]
    [InlineData(5, 3, 2)]
    public async Task Connections_AreDealtToTheTargetsInTurn(int connections, int atFirst, int atSecond)
    {
        using var first = Listen();
        using var second = Listen();
        var options = OptionsFor(first) with
        {
            Targets = [TargetOf(first), TargetOf(second)],
            Connections = connections,
        };
        var running = RunAsync(options, requests: connections, TestContext.Current.CancellationToken);

        // No response is sent before all have connected, so that each connection carries one request.
        var accepted = await AcceptAsync([first, second], connections);
        foreach (var (socket, target) in accepted)
        {
            Assert.Contains($"Host: {target.Authority}\r\n", await ReadTextAsync(socket), StringComparison.Ordinal);
            await socket.SendAsync(Counted);
        }

        var result = await running;
        Assert.Equal(connections, result.Tally.Counted);
        Assert.Equal(
            [atFirst, atSecond],
            new[] { first, second }.Select(l => accepted.Count(a => a.Target == TargetOf(l))));
        accepted.ForEach(a => a.Socket.Dispose());
    }

    private static TcpListener Listen()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return listener;
    }

    private static HttpTarget TargetOf(TcpListener listener) =>
        new("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port);

    private static RunOptions OptionsFor(TcpListener listener) => new()
    {
        Targets = [TargetOf(listener)],
        RunId = "run",
        Keys = [new FleetKey("k1", "key-1", "secret")],
        Connections = 1,
    };

    private static Task<RunResult> RunAsync(RunOptions options, long requests, CancellationToken cancellation)
    {
        var time = TimeProvider.System;
        var source = new HammerSource(keys: 1, tokens: 5, requests, TimeSpan.Zero, time);
        return new LoadRun(options, source, new NoSink(), time).RunAsync(_ => { }, cancellation);
    }

    /// <summary>Accepts a number of connections, at any of the listeners.</summary>
    private static async Task<List<(Socket Socket, HttpTarget Target)>> AcceptAsync(TcpListener[] listeners, int count)
    {
        var accepted = new List<(Socket, HttpTarget)>();
        var accepting = listeners.Select(l => l.AcceptSocketAsync(TestContext.Current.CancellationToken).AsTask())
            .ToArray();
        while (accepted.Count < count)
        {
            var at = Array.IndexOf(accepting, await Task.WhenAny(accepting));
            accepted.Add((await accepting[at], TargetOf(listeners[at])));
            accepting[at] = listeners[at].AcceptSocketAsync(TestContext.Current.CancellationToken).AsTask();
        }

        return accepted;
    }

    private static async Task<string> ReadTextAsync(Socket socket)
    {
        var request = new byte[4096];
        return Encoding.ASCII.GetString(request, 0, await socket.ReceiveAsync(request));
    }

    private static async Task AnswerOnlyTheSecondConnectionAsync(TcpListener listener)
    {
        using var silent = await listener.AcceptSocketAsync();
        using var second = await listener.AcceptSocketAsync();
        var request = new byte[4096];
        Assert.NotEqual(0, await second.ReceiveAsync(request));
        await second.SendAsync(Counted);
    }
}
