using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace Sluice.Storage.Ledger.Blocks;

/// <summary>Writes the numbers and texts that blocks are made of, into one buffer that is reused.</summary>
internal sealed class BlockBytes
{
    private const int VarintMax = 10;
    private const int SevenBits = 0x7F;

    private readonly ArrayBufferWriter<byte> _bytes = new(1 << 14);

    public ReadOnlySpan<byte> Written => _bytes.WrittenSpan;

    public ReadOnlyMemory<byte> WrittenMemory => _bytes.WrittenMemory;

    public void Clear() => _bytes.ResetWrittenCount();

    public void Byte(byte value)
    {
        _bytes.GetSpan(1)[0] = value;
        _bytes.Advance(1);
    }

    /// <summary>Writes an unsigned LEB128 number: seven bits a byte, the lowest first.</summary>
    public void Varint(ulong value)
    {
        var span = _bytes.GetSpan(VarintMax);
        var length = 0;
        while (value > SevenBits)
        {
            span[length++] = (byte)((value & SevenBits) | 0x80);
            value >>= 7;
        }

        span[length++] = (byte)value;
        _bytes.Advance(length);
    }

    /// <summary>Writes a signed number as an unsigned one: 0, -1, 1, -2 … become 0, 1, 2, 3 …</summary>
    public void Zigzag(long value) => Varint(unchecked((ulong)((value << 1) ^ (value >> 63))));

    /// <summary>Writes the length in bytes, and the text as UTF-8.</summary>
    public void Text(string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        Varint((ulong)length);
        Utf8.FromUtf16(value, _bytes.GetSpan(length), out _, out var written);
        _bytes.Advance(written);
    }

    /// <summary>Writes the sixteen bytes of a UUID in the order of its text.</summary>
    public void Uuid(Guid value)
    {
        value.TryWriteBytes(_bytes.GetSpan(16), bigEndian: true, out var written);
        _bytes.Advance(written);
    }

    public void Int64(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_bytes.GetSpan(sizeof(long)), value);
        _bytes.Advance(sizeof(long));
    }

    public void Raw(ReadOnlySpan<byte> value) => _bytes.Write(value);
}
