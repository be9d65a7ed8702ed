using System.IO.Compression;
using System.Numerics;
using System.Text;

namespace Sluice.Storage.Ledger.Blocks;

/// <summary>
/// Reads bodies of blocks as <c>docs/ledger-format.md</c> has it, with nothing of what writes them; as slow as it is
/// plain.
/// </summary>
internal sealed class FormatReader
{
    private readonly byte[] _payload;
    private int _next;

    private FormatReader(byte[] payload) => _payload = payload;

    /// <summary>Returns an event a line: all of it, in one order.</summary>
    public static IReadOnlyList<string> Lines(byte[] body)
    {
        var outer = new FormatReader(body);
        var version = outer.U8();
        if (version is not (1 or 2))
            throw new InvalidDataException("version");
        var packing = outer.U8();
        if (packing == 0)
            return new FormatReader(body[2..]).Events(version);
        var length = (int)outer.Varint();
        using var brotli = new BrotliStream(new MemoryStream(body[outer._next..]), CompressionMode.Decompress);
        var payload = new byte[length];
        brotli.ReadExactly(payload);
        return new FormatReader(payload).Events(version);
    }

    private List<string> Events(int version)
    {
        var count = (int)Varint();
        var admitted = new long[count];
        for (var i = 0; i < count; i++)
            admitted[i] = (i == 0 ? 0 : admitted[i - 1]) + Zigzag();
        var periods = Dictionary(count, () => $"{Varint()} {Varint()}");
        var owners = Dictionary(count, () => $"{Varint()} {Varint()} {Varint()} {Varint()}");
        var members = Dictionary(count, Text);
        var models = Dictionary(count, Text);
        var kinds = Dictionary(count, () => $"{U8()}");
        var metrics = Dictionary(count, () => Enumerable.Range(0, (int)Varint()).Select(_ => U8()).ToArray());
        var charges = metrics.Select(list => string.Join(',', list.Select(metric => $"{metric}={Varint()}"))).ToArray();
        var (unpriced, used, expires) = (Exceptions(count), Exceptions(count), Exceptions(count));
        var shares = version == 1 ? new string[count] : Shares(count);
        var lines = new List<string>();
        for (var i = 0; i < count; i++)
        {
            var expiry = expires[i] == 0 ? 0 : admitted[i] + expires[i];
            lines.Add(
                $"{Ids()}|{kinds[i]}|{owners[i]}|{members[i]}|{models[i]}|{admitted[i] + used[i]}|{admitted[i]}"
                + $"|{periods[i]}|{charges[i]}|{unpriced[i]}|{expiry}|{shares[i]}");
        }

        if (_next != _payload.Length)
            throw new InvalidDataException("something follows");
        return lines;
    }

    private string Ids()
    {
        var form = U8();
        var id = Uuid();
        var fingerprint = BitConverter.ToInt64(_payload, _next);
        _next += 8;
        return form switch
        {
            0 => $"{id}|{fingerprint}|{Text()}",
            1 => $"{id}|{fingerprint}|{Uuid()}",
            2 => $"{id}|{fingerprint}|evt_{Base32(Guid.Parse(id))}",
            _ => throw new InvalidDataException("form"),
        };
    }

    private static string Base32(Guid id)
    {
        var number = new BigInteger(id.ToByteArray(bigEndian: true), isUnsigned: true, isBigEndian: true);
        var digits = "";
        for (; digits.Length < 26; number /= 32)
            digits = "0123456789abcdefghjkmnpqrstvwxyz"[(int)(number % 32)] + digits;
        return digits;
    }

    private string[] Shares(int events)
    {
        var values = new string[events];
        var at = -1;
        for (var left = (int)Varint(); left > 0; left--)
        {
            at += 1 + (int)Varint();
            values[at] = string.Join(' ', Enumerable.Range(0, (int)Varint()).Select(_ => Share()));
        }

        return values;
    }

    private string Share()
    {
        var number = U8();
        return $"{number / 48}.{number / 3 % 16}.{number % 3}={Varint()}";
    }

    private long[] Exceptions(int events)
    {
        var values = new long[events];
        var at = -1;
        for (var left = (int)Varint(); left > 0; left--)
        {
            at += 1 + (int)Varint();
            values[at] = Zigzag();
        }

        return values;
    }

    private T[] Dictionary<T>(int events, Func<T> value)
    {
        var values = Enumerable.Range(0, (int)Varint()).Select(_ => value()).ToArray();
        return [.. Enumerable.Range(0, events).Select(_ => values.Length == 1 ? values[0] : values[(int)Varint()])];
    }

    private byte U8() => _payload[_next++];

    private ulong Varint()
    {
        BigInteger value = 0;
        for (var bits = 0; ; bits += 7)
        {
            var part = U8();
            value += (BigInteger)(part % 128) << bits;
            if (part < 128)
                return (ulong)value;
        }
    }

    private long Zigzag()
    {
        var value = (BigInteger)Varint();
        return (long)(value.IsEven ? value / 2 : -(value + 1) / 2);
    }

    private string Text()
    {
        var length = (int)Varint();
        _next += length;
        return Encoding.UTF8.GetString(_payload, _next - length, length);
    }

    private string Uuid()
    {
        var digits = Convert.ToHexStringLower(_payload, _next, 16);
        _next += 16;
        return $"{digits[..8]}-{digits[8..12]}-{digits[12..16]}-{digits[16..20]}-{digits[20..]}";
    }
}
