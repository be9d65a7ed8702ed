using Sluice.Metering.Keys;

namespace Sluice.Storage.Control.Keys;

/// <summary>
/// Identifies a key by its holder, which has at most one: a member's personal key, or the key of a seat.
/// </summary>
public readonly record struct HeldKey
{
    private HeldKey(KeyKind kind, long tenantId, long holderId) =>
        (Kind, TenantId, HolderId) = (kind, tenantId, holderId);

    public KeyKind Kind { get; }

    public long TenantId { get; }

    /// <summary>The id of the member or the seat.</summary>
    public long HolderId { get; }

    public static HeldKey Personal(long tenantId, long memberId) => new(KeyKind.Personal, tenantId, memberId);

    public static HeldKey OfSeat(long tenantId, long seatId) => new(KeyKind.Seat, tenantId, seatId);
}
