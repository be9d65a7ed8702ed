using System.Buffers.Binary;
using System.Text;

namespace Sluice.Storage.Ledger.Blocks;

/// <summary>
/// Reads the numbers and texts that blocks are made of. Whatever the bytes are, it ends with a value or a
/// <see cref="BlockFormatException"/>, and allocates no more than they can fill.
/// </summary>
internal ref struct BlockCursor(ReadOnlySpan<byte> bytes)
{
    private const int BitsMax = 64;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _offset = 0;

    public readonly int Offset => _offset;

    public readonly int Left => _bytes.Length - _offset;

    public byte Byte() => Take(1)[0];

    public ulong Varint()
    {
        ulong value = 0;
        for (var shift = 0; shift < BitsMax; shift += 7)
        {
            var next = Byte();
            var bits = (ulong)(next & 0x7F);
            if (shift == BitsMax - 1 && bits > 1)
                break;
            value |= bits << shift;
            if (next < 0x80)
                return value;
        }

        throw Broken("a number has more than 64 bits.");
    }

    public long Zigzag()
    {
        var value = Varint();
        return unchecked((long)(value >> 1) ^ -(long)(value & 1));
    }

    /// <summary>Reads a number that is not negative.</summary>
    public long Natural()
    {
        var value = Varint();
        return value <= long.MaxValue ? (long)value : throw Broken("a number is too large.");
    }

    /// <summary>Reads a number from 0 to a maximum.</summary>
    public int UpTo(int max, string what)
    {
        var value = Varint();
        if (max < 0 || value > (ulong)max)
            throw Broken($"{what} is {value}; at most {max} is possible.");
        return (int)value;
    }

    public string Text()
    {
        var length = UpTo(Left, "the length of a text");
        try
        {
            return Strict.GetString(Take(length));
        }
        catch (DecoderFallbackException)
        {
            throw Broken("a text is not UTF-8.");
        }
    }

    public Guid Uuid() => new(Take(16), bigEndian: true);

    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    public ReadOnlySpan<byte> Take(int count)
    {
        if (count > Left)
            throw Broken("the body ends too early.");
        var taken = _bytes.Slice(_offset, count);
        _offset += count;
        return taken;
    }

    public readonly BlockFormatException Broken(string problem) => new(_offset, problem);
}
