using System.Buffers.Binary;

namespace Sluice.Storage.Ledger.Ids;

/// <summary>
/// The text of ids that are made here: <c>evt_</c> and a UUID of version 7 as 26 digits of Crockford's base 32, in
/// lower case. Its first 48 bits are its time in milliseconds, so texts are in the order of their time, as those of
/// ULIDs.
/// </summary>
public static class OwnId
{
    private const string Prefix = "evt_";
    private const int Length = 4 + 26;
    private const string Digits = "0123456789abcdefghjkmnpqrstvwxyz";
    private const int TimeShift = 128 - 48;

    /// <summary>Makes an id of an instant, Unix milliseconds.</summary>
    public static Guid New(long nowMs) => Guid.CreateVersion7(DateTimeOffset.FromUnixTimeMilliseconds(nowMs));

    /// <summary>Returns the text of an id.</summary>
    public static string Format(Guid id) => string.Create(Length, ToNumber(id), static (text, rest) =>
    {
        Prefix.CopyTo(text);
        for (var i = Length - 1; i >= Prefix.Length; i--)
        {
            text[i] = Digits[(int)(uint)(rest & 31)];
            rest >>= 5;
        }
    });

    /// <summary>Reads an id from a text that looks like one of ours.</summary>
    public static bool TryParse(string text, out Guid id)
    {
        id = default;
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length != Length || !text.StartsWith(Prefix, StringComparison.Ordinal)
            || !TryReadDigits(text.AsSpan(Prefix.Length), out var value))
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, value);
        id = new Guid(bytes, bigEndian: true);
        return true;
    }

    /// <summary>Gets the time of an id, Unix milliseconds: its first 48 bits.</summary>
    public static long TimeOf(Guid id) => (long)(ulong)(ToNumber(id) >> TimeShift);

    /// <summary>Reads 26 digits of Crockford's base 32, in lower case.</summary>
    internal static bool TryReadDigits(ReadOnlySpan<char> text, out UInt128 value)
    {
        value = 0;
        // 26 digits have 130 bits.
        if (text[0] > '7')
            return false;
        foreach (var c in text)
        {
            var digit = Digits.IndexOf(c, StringComparison.Ordinal);
            if (digit < 0)
                return false;
            value = value << 5 | (uint)digit;
        }

        return true;
    }

    private static UInt128 ToNumber(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }
}
