using Sluice.Storage.Control.Keys;

namespace Sluice.Api.Management.Seats;

/// <summary>A seat's key and where to send it: everything that the holder of the seat needs.</summary>
/// <param name="Id">The key's id.</param>
/// <param name="SeatId">The seat's id.</param>
/// <param name="MemberId">The member who holds the seat.</param>
/// <param name="OldSecretUntil">After a regeneration: the end of the old secret's grace time.</param>
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
