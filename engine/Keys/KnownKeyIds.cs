namespace Sluice.Engine.Keys;

/// <summary>
/// Remembers which ids may be keys: a Bloom filter of which each id touches one word. It never denies an id that was
/// added, and admits about one in fifty others. Thread-safe.
/// </summary>
/// <param name="capacity">The number of ids it is made for; with more, it admits more others.</param>
internal sealed class KnownKeyIds(long capacity)
{
    private const int BitsPerId = 16;

    private const int WordBits = 64;

    private readonly ulong[] _words = new ulong[Math.Max(1, (capacity * BitsPerId / WordBits) + 1)];
    private long _count;

    /// <summary>Whether more ids were added than it is made for.</summary>
    public bool IsFull => Volatile.Read(ref _count) > capacity;

    public void Add(long id)
    {
        var (word, bits) = Place(id);
        if ((Interlocked.Or(ref _words[word], bits) & bits) != bits)
            Interlocked.Increment(ref _count);
    }

    public bool MayContain(long id)
    {
        var (word, bits) = Place(id);
        return (Volatile.Read(ref _words[word]) & bits) == bits;
    }

    /// <summary>
    /// Returns the word of an id and four bits in it. Ids are random, but an attacker chooses those that are guessed,
    /// so they are mixed first (the finaliser of SplitMix64).
    /// </summary>
    private (int Word, ulong Bits) Place(long id)
    {
        unchecked
        {
            var x = (ulong)id + 0x9E37_79B9_7F4A_7C15UL;
            x = (x ^ (x >> 30)) * 0xBF58_476D_1CE4_E5B9UL;
            x = (x ^ (x >> 27)) * 0x94D0_49BB_1331_11EBUL;
            x ^= x >> 31;
            var word = (int)Math.BigMul(x, (ulong)_words.Length, out _);
            var bits = (1UL << (int)(x & 63)) | (1UL << (int)((x >> 6) & 63)) | (1UL << (int)((x >> 12) & 63))
                | (1UL << (int)((x >> 18) & 63));
            return (word, bits);
        }
    }
}
