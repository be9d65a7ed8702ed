using Sluice.Storage.Control.Seats;

namespace Sluice.Api.Management.Seats;

/// <summary>A seat as the API shows it.</summary>
/// <param name="Id">The seat's id, such as <c>s0000000001a</c>.</param>
/// <param name="State">Whether it is unassigned, assigned or expired.</param>
/// <param name="MemberId">
/// The id of the member who holds it, or held it when its plan ended, such as <c>m0000000001a</c>; null without one.
/// </param>
/// <param name="MemberName">The user name of that member; null without one.</param>
/// <param name="SubscriptionId">The id of the subscription that it belongs to, such as <c>u0000000001a</c>.</param>
/// <param name="Plan">The name of its plan.</param>
/// <param name="ExpiresAt">The end of its plan, in UTC: the first instant at which it gives no access.</param>
/// <param name="AssignedAt">Since when the member has held it, in UTC; null without a member.</param>
/// <param name="KeyId">The id of its key, such as <c>k0000000001a</c>; null if it has none.</param>
/// <param name="Credits">The monthly credits of its plan.</param>
internal sealed record SeatResponse(
    string Id,
    SeatState State,
    string? MemberId,
    string? MemberName,
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
        seat.MemberName,
        Ids.Subscription(seat.SubscriptionId),
        seat.Plan,
        seat.ExpiresAt,
        seat.AssignedAt,
        seat.KeyId is { } key ? Ids.Key(key) : null,
        JsonDecimal.Of(seat.CreditsUnits, SubscriptionResponse.Credits.Decimals));
}
