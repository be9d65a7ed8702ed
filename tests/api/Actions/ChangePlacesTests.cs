using Sluice.Api.Actions;
using Xunit;

namespace Sluice.Api.Tests.Actions;

public sealed class ChangePlacesTests
{
    private readonly ChangePlaces _places = new(TimeProvider.System);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ATenant_HasItsPlaces_AndLeavesTheOthers()
    {
        var mine = new List<ChangePlace?>();
        for (var i = 0; i < ChangePlaces.RunningOfTenant; i++)
            mine.Add(await _places.TakeAsync(1, Cancellation));
        var next = _places.TakeAsync(1, Cancellation);
        Assert.False(next.IsCompleted);

        using var other = await _places.TakeAsync(2, Cancellation);
        Assert.NotNull(other);
        mine[0]!.Dispose();
        mine[0]!.Dispose();

        // A place that is left twice is free once.
        Assert.NotNull(await next);
        Assert.False(_places.TakeAsync(1, Cancellation).IsCompleted);
    }

    [Fact]
    public async Task ATenantWithTooManyWaiting_IsRefused_AndThoseWhoWaitTooLongToo()
    {
        for (var i = 0; i < ChangePlaces.RunningOfTenant; i++)
            await _places.TakeAsync(1, Cancellation);
        var waiting = Enumerable.Range(0, 200).Select(_ => _places.TakeAsync(1, Cancellation)).ToList();

        var refused = waiting.Where(static place => place.IsCompleted).ToList();
        Assert.Equal(200 - 128, refused.Count);
        foreach (var place in refused)
            Assert.Null(await place);
        foreach (var place in waiting.Except(refused))
            await Assert.ThrowsAsync<TimeoutException>(() => place);
    }
}
