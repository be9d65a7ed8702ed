using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Sluice.Storage.Ledger.Ids;

/// <summary>
/// Derives what events are found by from the caller's id and the key, so that callers can't collide with each other.
/// </summary>
public static class EventIds
{
    /// <summary>Maximum length of a caller's id, in characters.</summary>
    public const int MaxLength = 128;

    private const char EventKind = 'e';
    private const char ReservationKind = 'r';

    /// <summary>Makes an id for an event, with its text form: it can't be a repeat.</summary>
    public static (EventKey Key, string Text) NewEvent(long nowMs)
    {
        var id = OwnId.New(nowMs);
        return (new EventKey(id, nowMs, id) { IsUnique = true }, OwnId.Format(id));
    }

    /// <summary>
    /// Makes an id for a reservation of a key, with its text form. It is found by it, as by a caller's.
    /// </summary>
    public static (EventKey Key, string Text) NewReservation(long keyId, long nowMs)
    {
        var text = OwnId.Format(OwnId.New(nowMs));
        return (OfReservation(keyId, text), text);
    }

    /// <summary>Derives the key of an event from the caller's id.</summary>
    public static EventKey OfEvent(long keyId, string text) => OwnId.TryParse(text, out var own)
        ? Of(EventKind, keyId, text) with { Own = new OwnIdOfCaller(keyId, own) }
        : Of(EventKind, keyId, text);

    /// <summary>Derives the key of a reservation.</summary>
    public static EventKey OfReservation(long keyId, string text) => Of(ReservationKind, keyId, text);

    /// <summary>Derives the key of the end of a reservation, commit or release: there is at most one.</summary>
    public static EventKey OfEnd(long keyId, string text) =>
        new EventKey(Hash('c', keyId, text)) with { TimeMs = IdTime.Of(text) };

    /// <summary>Derives the key of the nth prolongation of a reservation.</summary>
    public static EventKey OfProlongation(EventKey reservation, int number) => new(
        OfProlongation(reservation.Id, number), reservation.TimeMs, OfProlongation(reservation.Before, number));

    /// <summary>Derives the key of a CloudEvent, which is identified by its source and id together.</summary>
    public static EventKey OfCloudEvent(long keyId, string source, string id)
    {
        var text = Encoding.UTF8.GetBytes($"v{keyId}\n{source}\n{id}");
        var key = new EventKey(new Guid(SHA256.HashData(text).AsSpan(0, 16), bigEndian: true));
        return key with { TimeMs = IdTime.Of(id) };
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

    private static EventKey Of(char kind, long keyId, string text)
    {
        var id = Hash(kind, keyId, text);
        var before = OwnId.TryParse(text, out var own) ? Bind(kind, keyId, own) : id;
        return new EventKey(id, IdTime.Of(text), before);
    }

    private static Guid OfProlongation(Guid reservationId, int number)
    {
        Span<byte> input = stackalloc byte[1 + 16 + sizeof(int)];
        input[0] = (byte)'p';
        reservationId.TryWriteBytes(input[1..], bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(input[17..], number);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(input, hash);
        return new Guid(hash[..16], bigEndian: true);
    }

    /// <summary>
    /// Returns the id by which the ledger before blocks has an event whose text looks like an id made here: the key and
    /// the kind were mixed into its random part.
    /// </summary>
    private static Guid Bind(char kind, long keyId, Guid own)
    {
        var print = new Fingerprint();
        print.Add(kind);
        print.Add(keyId);
        Span<byte> bytes = stackalloc byte[16];
        own.TryWriteBytes(bytes, bigEndian: true, out _);
        var value = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        BinaryPrimitives.WriteUInt128BigEndian(bytes, value ^ unchecked((ulong)print.Value));
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
}
