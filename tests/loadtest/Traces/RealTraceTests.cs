using Xunit;

namespace Sluice.LoadTest.Tests.Traces;

public sealed class RealTraceTests
{
    [Fact]
    public void RecordedHour_HasThePublishedTotals()
    {
        var trace = RealTrace.ReadOrSkip();

        Assert.Equal(19_366, trace.Rows.Count);
        Assert.Equal(22_361_870, trace.Rows.Sum(row => row.ContextTokens));
        Assert.Equal(4_088_665, trace.Rows.Sum(row => row.GeneratedTokens));
        Assert.Equal(26_450_535, trace.TotalTokens);
        Assert.Equal(new TimeSpan(0, 0, 58, 21, 721, 937).Ticks, trace.Rows[^1].Offset.Ticks);
    }
}
