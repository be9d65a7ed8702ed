using Sluice.Api.Jobs;
using Xunit;

namespace Sluice.Api.Tests.Jobs;

public sealed class MonotonicTimeProviderTests
{
    [Theory]
    [InlineData(-3)]
    [InlineData(40)]
    public void WhoeverPutsTheClock_MovesNothingHere(int days)
    {
        var real = new TurnedTime();
        var steady = new MonotonicTimeProvider(real);
        var before = steady.GetUtcNow();

        real.Turn(TimeSpan.FromDays(days));

        Assert.InRange(steady.GetUtcNow() - before, TimeSpan.Zero, TimeSpan.FromHours(1));
        Assert.True((real.GetUtcNow() - before).Duration() > TimeSpan.FromDays(2));
    }
}
