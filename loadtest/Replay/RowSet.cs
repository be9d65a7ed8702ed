using System.Buffers.Binary;
using System.Numerics;

namespace Sluice.LoadTest.Replay;

/// <summary>A set of row numbers, one bit each, to which many lanes add.</summary>
internal sealed class RowSet
{
    private const int RowsPerWord = 64;

    private readonly ulong[] _words;

    public RowSet(int rows) => _words = new ulong[(rows + RowsPerWord - 1) / RowsPerWord];

    private RowSet(ulong[] words) => _words = words;

    public int Count => _words.Sum(BitOperations.PopCount);

    /// <exception cref="FormatException">The bytes are not those of a set of this many rows.</exception>
    public static RowSet FromBytes(ReadOnlySpan<byte> bytes, int rows)
    {
        var set = new RowSet(rows);
        if (bytes.Length != set._words.Length * sizeof(ulong))
            throw new FormatException($"The saved set of rows is not one of {rows} rows.");
        for (var i = 0; i < set._words.Length; i++)
            set._words[i] = BinaryPrimitives.ReadUInt64LittleEndian(bytes[(i * sizeof(ulong))..]);
        return set;
    }

    /// <returns>False if the row was already in the set.</returns>
    public bool Add(long row)
    {
        var bit = 1UL << (int)(row % RowsPerWord);
        return (Interlocked.Or(ref _words[row / RowsPerWord], bit) & bit) == 0;
    }

    public bool Contains(long row) =>
        (Volatile.Read(ref _words[row / RowsPerWord]) & (1UL << (int)(row % RowsPerWord))) != 0;

    public RowSet Copy() => new([.. _words]);

    public byte[] ToBytes()
    {
        var bytes = new byte[_words.Length * sizeof(ulong)];
        for (var i = 0; i < _words.Length; i++)
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(i * sizeof(ulong)), _words[i]);
        return bytes;
    }
}
