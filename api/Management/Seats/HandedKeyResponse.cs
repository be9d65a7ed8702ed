using Sluice.Storage.Control.Keys;

namespace Sluice.Api.Management.Seats;

/// <summary>A seat's key and where to send it: everything that the holder of the seat needs.</summary>
/// <param name="Id">The key's id, such as <c>k0000000001a</c>.</param>
/// <param name="SeatId">The seat's id, such as <c>s0000000001a</c>.</param>
/// <param name="MemberId">The id of the member who holds the seat, such as <c>m0000000001a</c>.</param>
/// <param name="OldSecretUntil">When the old secret stops working, in UTC; null if it no longer works.</param>
/// <param name="Secret">The whole key, to be sent as the bearer token; shown once.</param>
/// <param name="BaseUrl">The address of this service.</param>
internal sealed record HandedKeyResponse(
    string Id, string SeatId, string MemberId, DateTimeOffset? OldSecretUntil, string Secret, string BaseUrl)
{
    public static HandedKeyResponse Of(StoredKey key, string secret, string baseUrl) => new(
        Ids.Key(key.Id),
        Ids.Seat(key.SeatId!.Value),
        Ids.Member(key.MemberId!.Value),
        key.PreviousUntil,
        secret,
        baseUrl);
}
