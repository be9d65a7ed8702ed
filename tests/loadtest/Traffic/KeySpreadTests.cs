using Sluice.LoadTest.Traffic;
using Xunit;

namespace Sluice.LoadTest.Tests.Traffic;

public sealed class KeySpreadTests
{
    private const int Keys = 60;
    private const int Events = 20_000;

    [Fact]
    public void SameSeed_SendsEveryEventToTheSameKey_InAnyOrder()
    {
        var first = new KeySpread(Keys, seed: 7);
        var second = new KeySpread(Keys, seed: 7);

        var forwards = Enumerable.Range(0, Events).Select(number => first.KeyOf(number));
        var backwards = Enumerable.Range(0, Events).Reverse().Select(number => second.KeyOf(number)).Reverse();

        Assert.Equal(forwards, backwards);
    }

    [Fact]
    public void OtherSeed_SpreadsOtherwise()
    {
        var one = CountsOf(seed: 1);
        var two = CountsOf(seed: 2);

        Assert.NotEqual(Array.IndexOf(one, one.Max()), Array.IndexOf(two, two.Max()));
    }

    [Fact]
    public void EveryEventHasAKey_AndEveryKeyHasEvents()
    {
        var counts = CountsOf(seed: 1);

        Assert.Equal(Events, counts.Sum());
        Assert.DoesNotContain(0, counts);
    }

    [Fact]
    public void Counts_FallAsOneOverRank()
    {
        var counts = CountsOf(seed: 3).OrderDescending().ToArray();
        var harmonic = Enumerable.Range(1, Keys).Sum(rank => 1d / rank);

        // Four standard deviations of a binomial count on either side of Zipf's expectation.
        foreach (var rank in (int[])[1, 2, 5])
        {
            var share = 1 / (rank * harmonic);
            var tolerance = 4 * Math.Sqrt(Events * share * (1 - share));
            Assert.InRange(counts[rank - 1], (Events * share) - tolerance, (Events * share) + tolerance);
        }
    }

    [Fact]
    public void OneKey_TakesEverything() => Assert.Equal(0, new KeySpread(1, seed: 1).KeyOf(42));

    private static int[] CountsOf(long seed)
    {
        var spread = new KeySpread(Keys, seed);
        var counts = new int[Keys];
        for (var number = 0; number < Events; number++)
            counts[spread.KeyOf(number)]++;
        return counts;
    }
}
