using Sluice.LoadTest.Replay;
using Sluice.LoadTest.Tests.Contract;
using Sluice.LoadTest.Traces;
using Sluice.LoadTest.Traffic;
using Xunit;

namespace Sluice.LoadTest.Tests.Replay;

public sealed class ReplaySourceTests
{
    [Fact]
    public async Task Speed_DividesTheRecordedTimes_FromTheSlicesFirstRow()
    {
        await using var server = await ContractServer.StartAsync();
        var time = TimeProvider.System;
        var options = ReplayRunTests.OptionsFor(server) with { Speed = 10, From = 100, Take = 3 };
        var source = new ReplaySource(Trace.Read(options.TracePath), new KeySpread(8, 1), options, time);

        Assert.True(source.TryTake(out var first));
        Assert.True(source.TryTake(out var second));
        Assert.True(source.TryTake(out var third));
        Assert.False(source.TryTake(out _));

        // The test's trace has a row every second: at tenfold speed, one every 100 ms.
        Assert.Equal([100, 101, 102], [first.Number, second.Number, third.Number]);
        Assert.Equal(TimeSpan.FromMilliseconds(100), time.GetElapsedTime(first.DueTimestamp, second.DueTimestamp));
        Assert.Equal(TimeSpan.FromMilliseconds(200), time.GetElapsedTime(first.DueTimestamp, third.DueTimestamp));
        Assert.Equal(1, source.FractionDone);
    }

    [Fact]
    public async Task SliceBehindTheEnd_IsEmpty()
    {
        await using var server = await ContractServer.StartAsync();
        var options = ReplayRunTests.OptionsFor(server) with { From = 1_000_000 };
        var source = new ReplaySource(
            Trace.Read(options.TracePath), new KeySpread(8, 1), options, TimeProvider.System);

        Assert.False(source.TryTake(out _));
        Assert.Equal(1, source.FractionDone);
    }
}
