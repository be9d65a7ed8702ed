using Microsoft.Extensions.Time.Testing;
using Sluice.Api.Lanes;
using Xunit;

namespace Sluice.Api.Tests.Lanes;

public sealed class BulkLaneTests
{
    private const long Mebibyte = 1 << 20;

    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OneOwner_HasAsMuchAsIsStillFree_AndThereIsRoomForAnother()
    {
        using var lane = new BulkLane(_time);
        using var mine = await lane.EnterAsync(1, BulkLane.BytesMax / 2, Cancellation);

        var more = lane.EnterAsync(1, Mebibyte, Cancellation).AsTask();
        Assert.False(more.IsCompleted);
        using var other = await lane.EnterAsync(2, 16 * Mebibyte, Cancellation);
        Assert.NotNull(other);

        _time.Advance(BulkLane.Patience);
        Assert.Null(await more);
    }

    [Fact]
    public async Task WhoWaits_EntersOnceTheRoomIsFree_AndLeavingTwiceFreesItOnce()
    {
        using var lane = new BulkLane(_time);
        var first = await lane.EnterAsync(1, BulkLane.BytesMax / 2, Cancellation);
        var next = lane.EnterAsync(1, BulkLane.BytesMax / 2, Cancellation).AsTask();

        first!.Dispose();
        first.Dispose();
        _time.Advance(TimeSpan.FromMilliseconds(20));

        using var entered = await next;
        Assert.NotNull(entered);
        _ = Task.Run(() => _time.Advance(BulkLane.Patience), Cancellation);
        Assert.Null(await lane.EnterAsync(1, Mebibyte, Cancellation));
    }
}
