using Sluice.Api.Wire;
using Sluice.Storage.Keys;

namespace Sluice.Api.Management.Seats;

/// <summary>All that whoever holds a seat needs: the key and where to send it.</summary>
/// <param name="Id">The key's id.</param>
/// <param name="SeatId">Whose key it is.</param>
/// <param name="MemberId">Who holds the seat.</param>
/// <param name="OldSecretUntil">After a regeneration: end of the old secret's grace time.</param>
/// <param name="Secret">The whole key, to be sent as the bearer token; shown this once.</param>
/// <param name="BaseUrl">The address of this service.</param>
internal sealed record HandedKey(
    string Id, string SeatId, string MemberId, DateTimeOffset? OldSecretUntil, string Secret, string BaseUrl)
{
    public static HandedKey Of(StoredKey key, string secret, string baseUrl) => new(
        Ids.Key(key.Id),
        Ids.Seat(key.SeatId!.Value),
        Ids.Member(key.MemberId!.Value),
        key.PreviousUntil,
        secret,
        baseUrl);
}
