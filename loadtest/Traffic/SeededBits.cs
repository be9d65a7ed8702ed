namespace Sluice.LoadTest.Traffic;

/// <summary>
/// Random numbers that are a function of (seed, index), by SplitMix64: event n draws the same whether a run starts at
/// its first row or in the middle, and on every connection.
/// </summary>
internal static class SeededBits
{
    private const ulong GoldenGamma = 0x9E3779B97F4A7C15;

    /// <summary>Gets 64 well-mixed bits.</summary>
    public static ulong At(long seed, long index)
    {
        unchecked
        {
            return Mix(Mix((ulong)seed + GoldenGamma) + ((ulong)index * GoldenGamma));
        }
    }

    /// <summary>Gets a number that is uniform in [0, 1).</summary>
    public static double UnitAt(long seed, long index) => (At(seed, index) >> 11) * (1.0 / (1UL << 53));

    private static ulong Mix(ulong bits)
    {
        unchecked
        {
            bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
            bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
            return bits ^ (bits >> 31);
        }
    }
}
