using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Sluice.Api.Access;
using Sluice.Api.Management.Live;
using Xunit;

namespace Sluice.Api.Tests.Management.Live;

/// <summary>What a listener is sent, event by event.</summary>
[Collection<SettingsNode>]
public sealed class LiveEventsTests(NodeHost host)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void ASnapshot_ThatChangesNothing_IsTheSame()
    {
        var first = LiveSnapshot.After(null, [("a", "1"u8.ToArray()), ("b", "2"u8.ToArray())]);

        Assert.Same(first, LiveSnapshot.After(first, [("a", "1"u8.ToArray()), ("b", "2"u8.ToArray())]));
        var next = LiveSnapshot.After(first, [("a", "1"u8.ToArray()), ("b", "3"u8.ToArray())]);
        Assert.Equal([1L, 2], next.Items.Select(static item => item.Version));
        Assert.Equal(3, LiveSnapshot.After(next, [("a", "1"u8.ToArray())]).Version);
    }

    [Fact]
    public async Task ASlowListener_GetsAllThatHasChangedSince_AndEachItemOnce()
    {
        var first = LiveSnapshot.After(null, [("a", "1"u8.ToArray()), ("b", "1"u8.ToArray()), ("c", "1"u8.ToArray())]);
        var missed = LiveSnapshot.After(first, [("a", "2"u8.ToArray()), ("b", "1"u8.ToArray())]);
        var last = LiveSnapshot.After(missed, [("a", "3"u8.ToArray()), ("b", "2"u8.ToArray()), ("d", "1"u8.ToArray())]);
        var output = new MemoryStream();
        var events = new LiveEvents(PipeWriter.Create(output));

        Assert.True(await events.SendAsync(first, LiveSight.All, Cancellation));
        Assert.False(await events.SendAsync(first, LiveSight.All, Cancellation));
        Assert.True(await events.SendAsync(last, LiveSight.All, Cancellation));

        Assert.Equal(
            "event: snapshot\nid: 1\ndata: {\"items\":[1,1,1],\"next\":null}\n\n"
            + "event: change\nid: 3\ndata: {\"items\":[3,2,1],\"removed\":[\"c\"]}\n\n",
            Encoding.UTF8.GetString(output.ToArray()));
    }

    [Fact]
    public async Task WhatAListenerMayNotSeeAnyMore_IsRemoved_AndWhatItMaySeeNowComes()
    {
        var snapshot = LiveSnapshot.After(null, [("a", "1"u8.ToArray()), ("b", "2"u8.ToArray())]);
        var output = new MemoryStream();
        var events = new LiveEvents(PipeWriter.Create(output));

        Assert.True(await events.SendAsync(snapshot, new(["a"]), Cancellation));
        Assert.True(await events.SendAsync(snapshot, new(["b"]), Cancellation));
        Assert.False(await events.SendAsync(snapshot, new(["b"]), Cancellation));

        Assert.EndsWith(
            "data: {\"items\":[2],\"removed\":[\"a\"]}\n\n", Encoding.UTF8.GetString(output.ToArray()));
    }

    [Fact]
    public async Task ASilentStream_IsKeptAlive()
    {
        var tenant = Scene.IdOf((await Customer.CreateAsync(host)).TenantId);
        Assert.False(host.Services.GetRequiredService<LiveHub>().Join(tenant).IsError(out _, out var listener));
        await listener.Feed.FirstAsync(Cancellation);
        var clock = new LateClock();
        var body = new MemoryStream();
        using var left = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var http = new DefaultHttpContext
        {
            RequestServices = host.Services,
            RequestAborted = left.Token,
            Response = { Body = body },
        };
        var stream = new LiveStream(
            listener,
            host.Services.GetRequiredService<LiveRights>(),
            Caller.Operator with { Credential = NodeHost.OperatorToken },
            LiveSight.All,
            clock);

        var running = stream.ExecuteAsync(http);
        await Eventually.IsAsync(() => Task.FromResult(Sent().Contains("snapshot", StringComparison.Ordinal)), true);
        clock.Late = LiveBounds.SilenceMax;
        await Eventually.IsAsync(() => Task.FromResult(Sent().Contains(": keep", StringComparison.Ordinal)), true);
        await left.CancelAsync();
        await running;

        Assert.EndsWith("\n\n: keep-alive\n\n", Sent());

        string Sent() => Encoding.UTF8.GetString(body.ToArray());
    }

    /// <summary>A clock that tests set forward.</summary>
    private sealed class LateClock : TimeProvider
    {
        public TimeSpan Late { get; set; }

        public override long GetTimestamp() =>
            System.GetTimestamp() + (Late.Ticks * TimestampFrequency / TimeSpan.TicksPerSecond);
    }
}
