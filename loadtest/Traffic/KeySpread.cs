namespace Sluice.LoadTest.Traffic;

/// <summary>
/// Spreads events over keys as real customers do: a few take most (Zipf, exponent 1), and which ones depends on the
/// seed.
/// </summary>
internal sealed class KeySpread
{
    // Separates the draws of ranks from the draws of events under the same seed.
    private const long RankSalt = 0x5A17;

    private readonly long _seed;
    private readonly int[] _keyOfRank;
    private readonly double[] _cumulative;

    public KeySpread(int keys, long seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(keys, 1);
        _seed = seed;
        _keyOfRank = [.. Enumerable.Range(0, keys).OrderBy(key => SeededBits.At(seed ^ RankSalt, key))];
        _cumulative = new double[keys];
        var sum = 0d;
        for (var rank = 0; rank < keys; rank++)
            _cumulative[rank] = sum += 1d / (rank + 1);
    }

    /// <summary>Gets the key that pays for an event: an index below the number of keys.</summary>
    public int KeyOf(long eventNumber)
    {
        var draw = SeededBits.UnitAt(_seed, eventNumber) * _cumulative[^1];
        var rank = Array.BinarySearch(_cumulative, draw);
        // A draw that hits a boundary exactly belongs to the next rank: the intervals are half open.
        rank = rank < 0 ? ~rank : rank + 1;
        return _keyOfRank[Math.Min(rank, _keyOfRank.Length - 1)];
    }
}
