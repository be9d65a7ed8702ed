namespace Sluice.Simulation.Chance;

/// <summary>
/// xoshiro256** seeded through SplitMix64: the same numbers on every runtime and machine, so that a seed is a replay.
/// </summary>
internal sealed class SeededChance
{
    private ulong _a;
    private ulong _b;
    private ulong _c;
    private ulong _d;

    public SeededChance(ulong seed)
    {
        _a = SplitMix(ref seed);
        _b = SplitMix(ref seed);
        _c = SplitMix(ref seed);
        _d = SplitMix(ref seed);
    }

    /// <summary>Returns a number from 0 to <paramref name="bound"/> − 1.</summary>
    public long Below(long bound) => (long)(Next() % (ulong)bound);

    /// <summary>Returns a number between two bounds, both included.</summary>
    public long Between(long low, long high) => low + Below(high - low + 1);

    public bool Percent(double percent) => Below(1_000_000) < percent * 10_000;

    public T Pick<T>(IReadOnlyList<T> items) => items[(int)Below(items.Count)];

    /// <summary>
    /// Returns a number mostly near <paramref name="mean"/> / 2, now and then several times the mean.
    /// </summary>
    public long Around(long mean) => Percent(10) ? Between(mean, 4 * mean) : Between(mean / 4, mean);

    private ulong Next()
    {
        unchecked
        {
            var result = ulong.RotateLeft(_b * 5, 7) * 9;
            var shifted = _b << 17;
            _c ^= _a;
            _d ^= _b;
            _b ^= _c;
            _a ^= _d;
            _c ^= shifted;
            _d = ulong.RotateLeft(_d, 45);
            return result;
        }
    }

    private static ulong SplitMix(ref ulong state)
    {
        unchecked
        {
            state += 0x9E3779B97F4A7C15UL;
            var z = state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return z ^ (z >> 31);
        }
    }
}
