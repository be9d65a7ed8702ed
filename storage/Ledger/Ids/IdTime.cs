using System.Buffers.Binary;

namespace Sluice.Storage.Ledger.Ids;

/// <summary>
/// The time that some ids carry: UUIDs of version 7, ULIDs, and ids that were made here. It decides where an id is
/// kept, never what counts.
/// </summary>
public static class IdTime
{
    /// <summary>What has an earlier or later time only looks like such an id: 2020 to 2099.</summary>
    private const long MinMs = 1_577_836_800_000, MaxMs = 4_102_444_800_000;

    private const int UuidLength = 36, VersionAt = 14, VariantAt = 19;
    private const int BareLength = 32, BareVersionAt = 12, BareVariantAt = 16;
    private const int UlidLength = 26;
    private const int TimeShift = 128 - 48;

    /// <summary>Reads the time of an id, Unix milliseconds; 0 if it carries none.</summary>
    public static long Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var timeMs = text.Length switch
        {
            UuidLength when IsVersion7(text[VersionAt], text[VariantAt])
                && Guid.TryParseExact(text, "D", out var uuid) => OwnId.TimeOf(uuid),
            BareLength when IsVersion7(text[BareVersionAt], text[BareVariantAt])
                && Guid.TryParseExact(text, "N", out var bare) => OwnId.TimeOf(bare),
            UlidLength => OfUlid(text),
            _ => OwnId.TryParse(text, out var own) ? OwnId.TimeOf(own) : 0,
        };
        return timeMs is >= MinMs and < MaxMs ? timeMs : 0;
    }

    /// <summary>Puts a time in front of a digest, so that ids lie in the order of their times.</summary>
    internal static Guid Before(long timeMs, Guid digest)
    {
        Span<byte> bytes = stackalloc byte[16];
        digest.TryWriteBytes(bytes, bigEndian: true, out _);
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)(timeMs >> 32));
        BinaryPrimitives.WriteUInt32BigEndian(bytes[2..], unchecked((uint)timeMs));
        return new Guid(bytes, bigEndian: true);
    }

    private static bool IsVersion7(char version, char variant) =>
        version == '7' && variant is ('8' or '9' or 'a' or 'b' or 'A' or 'B');

    private static long OfUlid(string text)
    {
        Span<char> lower = stackalloc char[UlidLength];
        text.AsSpan().ToLowerInvariant(lower);
        return OwnId.TryReadDigits(lower, out var value) ? (long)(ulong)(value >> TimeShift) : 0;
    }
}
