using Sluice.LoadTest.Tests.Traces;
using Sluice.LoadTest.Traffic;
using Xunit;

namespace Sluice.LoadTest.Tests.Traffic;

public sealed class LogNormalTokensTests
{
    private const int Draws = 20_000;

    [Fact]
    public void Prompts_HaveTheMedianAndMeanTheyPromise() =>
        AssertShape(LogNormalTokens.Prompts, median: 1020, mean: 1155);

    [Fact]
    public void Completions_HaveTheMedianAndMeanTheyPromise() =>
        AssertShape(LogNormalTokens.Completions, median: 129, mean: 211);

    [Fact]
    public void Promises_AreThoseOfTheRecordedHour()
    {
        var rows = RealTrace.ReadOrSkip().Rows;

        Assert.Equal(LogNormalTokens.Prompts.Median, MedianOf(rows.Select(row => row.ContextTokens)));
        Assert.Equal(LogNormalTokens.Completions.Median, MedianOf(rows.Select(row => row.GeneratedTokens)));
    }

    [Fact]
    public void Counts_StayWithinTheWindow()
    {
        var narrow = new LogNormalTokens(Median: 10, Sigma: 3, Max: 20);
        var counts = Enumerable.Range(0, Draws).Select(index => narrow.At(seed: 1, index)).ToArray();

        Assert.Equal(1, counts.Min());
        Assert.Equal(20, counts.Max());
    }

    private static void AssertShape(LogNormalTokens tokens, double median, double mean)
    {
        var counts = Enumerable.Range(0, Draws).Select(index => tokens.At(seed: 1, index)).ToArray();

        Assert.InRange(MedianOf(counts), median * 0.97, median * 1.03);
        Assert.InRange(counts.Average(), mean * 0.97, mean * 1.03);
    }

    private static long MedianOf(IEnumerable<long> counts)
    {
        var sorted = counts.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
