using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Sluice.Engine.Events;

/// <summary>
/// Derives the ledger ids of events from the caller's id and the key, so that callers can't collide with each other.
/// Generated ids carry their own time, so that they go to the end of the ledger's index instead of all over it.
/// </summary>
public static class EventIds
{
    /// <summary>Maximum length of a caller's id, in characters.</summary>
    public const int MaxLength = 128;

    private const string OwnPrefix = "evt_";
    private const int OwnLength = 4 + 26;
    private const char EventKind = 'e';
    private const char ReservationKind = 'r';
    private const string Digits = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <summary>
    /// Generates an event id for a key, with its text form: 48 bits of time in milliseconds and 80 random bits, as in a
    /// ULID.
    /// </summary>
    public static (Guid Id, string Text) NewEvent(long keyId, long nowMs) => New(EventKind, keyId, nowMs);

    /// <summary>Generates a reservation id for a key, with its text form, built like an event id.</summary>
    public static (Guid Id, string Text) NewReservation(long keyId, long nowMs) => New(ReservationKind, keyId, nowMs);

    /// <summary>Derives the ledger id of an event from the caller's id.</summary>
    public static Guid OfEvent(long keyId, string text) => Of(EventKind, keyId, text);

    /// <summary>Derives the ledger id of a reservation.</summary>
    public static Guid OfReservation(long keyId, string text) => Of(ReservationKind, keyId, text);

    /// <summary>Derives the ledger id of the end of a reservation, commit or release: there is at most one.</summary>
    public static Guid OfEnd(long keyId, string text) => Hash('c', keyId, text);

    /// <summary>Derives the ledger id of the nth prolongation of a reservation.</summary>
    public static Guid OfProlongation(Guid reservationId, int number)
    {
        Span<byte> input = stackalloc byte[1 + 16 + sizeof(int)];
        input[0] = (byte)'p';
        reservationId.TryWriteBytes(input[1..], bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(input[17..], number);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(input, hash);
        return new Guid(hash[..16], bigEndian: true);
    }

    /// <summary>Derives the ledger id of a CloudEvent, which is identified by its source and id together.</summary>
    public static Guid OfCloudEvent(long keyId, string source, string id)
    {
        var text = Encoding.UTF8.GetBytes($"v{keyId}\n{source}\n{id}");
        return new Guid(SHA256.HashData(text).AsSpan(0, 16), bigEndian: true);
    }

    /// <summary>Checks a caller's id: 1 to 128 characters, no control characters.</summary>
    public static bool IsValid(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || text.Length > MaxLength)
            return false;
        foreach (var c in text)
        {
            if (char.IsControl(c))
                return false;
        }

        return true;
    }

    private static (Guid Id, string Text) New(char kind, long keyId, long nowMs)
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes[6..]);
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)(nowMs >> 32 & 0xFFFF));
        BinaryPrimitives.WriteUInt32BigEndian(bytes[2..], (uint)(nowMs & 0xFFFF_FFFF));
        var value = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        return (Bind(kind, keyId, value), Format(value));
    }

    private static Guid Of(char kind, long keyId, string text) =>
        TryParseOwn(text, out var own) ? Bind(kind, keyId, own) : Hash(kind, keyId, text);

    /// <summary>
    /// Mixes the key and the kind into the random part of an id, because callers may use ids that look like generated
    /// ones, and the same ids with several keys. The time stays in front.
    /// </summary>
    private static Guid Bind(char kind, long keyId, UInt128 own)
    {
        var print = new Fingerprint();
        print.Add(kind);
        print.Add(keyId);
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, own ^ unchecked((ulong)print.Value));
        return new Guid(bytes, bigEndian: true);
    }

    private static Guid Hash(char kind, long keyId, string text)
    {
        Span<byte> input = stackalloc byte[9 + (MaxLength * 3)];
        input[0] = (byte)kind;
        BinaryPrimitives.WriteInt64BigEndian(input[1..], keyId);
        var length = 9 + Encoding.UTF8.GetBytes(text, input[9..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(input[..length], hash);
        return new Guid(hash[..16], bigEndian: true);
    }

    private static string Format(UInt128 value) => string.Create(OwnLength, value, static (text, rest) =>
    {
        OwnPrefix.CopyTo(text);
        for (var i = OwnLength - 1; i >= OwnPrefix.Length; i--)
        {
            text[i] = Digits[(int)(uint)(rest & 31)];
            rest >>= 5;
        }
    });

    private static bool TryParseOwn(string text, out UInt128 value)
    {
        value = 0;
        if (text.Length != OwnLength || !text.StartsWith(OwnPrefix, StringComparison.Ordinal) || text[4] > '7')
            return false;
        foreach (var c in text.AsSpan(OwnPrefix.Length))
        {
            var digit = Digits.IndexOf(c, StringComparison.Ordinal);
            if (digit < 0)
                return false;
            value = value << 5 | (uint)digit;
        }

        return true;
    }
}
