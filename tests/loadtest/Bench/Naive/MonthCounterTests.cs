using Sluice.Bench.Naive;
using Sluice.Bench.Peers;
using Xunit;

namespace Sluice.LoadTest.Tests.Bench.Naive;

public sealed class MonthCounterTests
{
    private readonly SetClock _clock = new(new DateTimeOffset(2030, 1, 31, 23, 59, 59, TimeSpan.Zero));

    [Fact]
    public void Limit_IsReached_AndNotExceeded()
    {
        var counter = new MonthCounter(_clock);

        Assert.True(counter.TryTake(PeerScopes.LimitTokens - 1));
        Assert.False(counter.TryTake(2));
        Assert.True(counter.TryTake(1));
        Assert.False(counter.TryTake(1));
    }

    [Fact]
    public void WhatIsGivenBack_CanBeTakenAgain()
    {
        var counter = new MonthCounter(_clock);
        Assert.True(counter.TryTake(PeerScopes.LimitTokens));

        counter.GiveBack(3);

        Assert.True(counter.TryTake(3));
        Assert.False(counter.TryTake(1));
    }

    [Fact]
    public void Month_BeginsAtNothing_AndWhatLastMonthGivesBackDoesNotCount()
    {
        var counter = new MonthCounter(_clock);
        Assert.True(counter.TryTake(PeerScopes.LimitTokens));

        _clock.Now = _clock.Now.AddSeconds(1);

        Assert.True(counter.TryTake(1));
        counter.GiveBack(5);
        Assert.True(counter.TryTake(PeerScopes.LimitTokens));
        Assert.False(counter.TryTake(1));
    }

    private sealed class SetClock(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
