using Sluice.Storage.Control.Seats;

namespace Sluice.Api.Management.Seats;

/// <summary>A seat as the API shows it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="State"><c>unassigned</c>, <c>assigned</c> or <c>expired</c>.</param>
/// <param name="MemberId">The member who holds it, or held it when its plan ended.</param>
/// <param name="SubscriptionId">The subscription that it belongs to.</param>
/// <param name="Plan">The name of its plan.</param>
/// <param name="ExpiresAt">The end of its plan.</param>
/// <param name="AssignedAt">Since when the member has held it.</param>
/// <param name="KeyId">The id of its key; null if it has none.</param>
/// <param name="Credits">The monthly credits.</param>
internal sealed record SeatResponse(
    string Id,
    SeatState State,
    string? MemberId,
    string SubscriptionId,
    string Plan,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? AssignedAt,
    string? KeyId,
    JsonDecimal Credits)
{
    public static SeatResponse Of(Seat seat) => new(
        Ids.Seat(seat.Id),
        seat.State,
        seat.MemberId is { } member ? Ids.Member(member) : null,
        Ids.Subscription(seat.SubscriptionId),
        seat.Plan,
        seat.ExpiresAt,
        seat.AssignedAt,
        seat.KeyId is { } key ? Ids.Key(key) : null,
        JsonDecimal.Of(seat.CreditsUnits, SubscriptionResponse.Credits.Decimals));
}
