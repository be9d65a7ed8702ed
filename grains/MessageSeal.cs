using System.Buffers.Binary;
using System.Security.Cryptography;
using Sluice.GrainInterfaces.Messages;
using Sluice.Metering.Identity;

namespace Sluice.Grains;

/// <summary>
/// Seals messages between the edge of a session and the silos: an HMAC with the session's secret. The certificate says
/// that a process is a member; the seal says which session it speaks for, or that it has read that session's row. The
/// numbers of a sync are sealed, its content is left to TLS; what is pushed to an edge is sealed whole.
/// </summary>
internal static class MessageSeal
{
    /// <summary>The first number of each message, so that a seal of one kind is none of another.</summary>
    private enum Purpose
    {
        Sync = 1,
        Limits = 2,
        Recall = 3,
        Change = 4,
        Confirmation = 5,
        HoldEnded = 6,
    }

    public static byte[] Of(SyncCall call, ScopeId scope, byte[] secret) => Seal(
        Purpose.Sync, secret,
        [
            (long)scope.Kind, scope.Value, call.Session, call.Sequence, call.LimitVersion, call.Epoch,
            call.Attach ? 1 : 0, call.Leaving ? 1 : 0, call.Reports.Length,
        ]);

    public static byte[] Of(LimitsMessage message, byte[] secret) => Seal(
        Purpose.Limits, secret,
        [
            message.ScopeKind, message.ScopeValue, message.Epoch, message.Version,
            .. message.Limits.SelectMany(static l => (long[])
            [
                l.LimitId, l.Metric, l.Period, l.Kind, l.Source, l.ValueUnits, l.BoostedUnits, l.BoostedUntilMs,
                l.BaseUnits, l.BaseUntilMs,
            ]),
        ]);

    public static byte[] Of(RecallMessage message, byte[] secret) => Seal(
        Purpose.Recall, secret,
        [
            message.ScopeKind, message.ScopeValue, message.Epoch, message.Number, message.Metric, message.Period,
            message.KeepUnits,
        ]);

    public static byte[] Of(HoldEndedMessage message, byte[] secret) =>
        Seal(Purpose.HoldEnded, secret, Numbers(message.ReservationId));

    /// <summary>Seals a change that an edge must confirm.</summary>
    /// <param name="message">The change.</param>
    /// <param name="call">The random number of this call.</param>
    /// <param name="secret">The secret of the edge's session.</param>
    public static byte[] Of(ChangeMessage message, Guid call, byte[] secret) =>
        Seal(Purpose.Change, secret, Numbers(message, call));

    /// <summary>Seals the confirmation of a change, which only the edge of the session can do.</summary>
    public static byte[] OfConfirmation(ChangeMessage message, Guid call, byte[] secret) =>
        Seal(Purpose.Confirmation, secret, Numbers(message, call));

    public static bool Matches(byte[]? seal, byte[] expected) =>
        seal is not null && CryptographicOperations.FixedTimeEquals(seal, expected);

    private static long[] Numbers(ChangeMessage message, Guid call) =>
        [.. Numbers(call), (long)message.Kind, .. message.Ids];

    private static long[] Numbers(Guid id)
    {
        var bytes = id.ToByteArray();
        return
        [
            BinaryPrimitives.ReadInt64LittleEndian(bytes), BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(8)),
        ];
    }

    private static byte[] Seal(Purpose purpose, byte[] secret, ReadOnlySpan<long> numbers)
    {
        var bytes = new byte[(numbers.Length + 1) * sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, (long)purpose);
        for (var i = 0; i < numbers.Length; i++)
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan((i + 1) * sizeof(long)), numbers[i]);
        return HMACSHA256.HashData(secret, bytes);
    }
}
