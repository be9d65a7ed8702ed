using Sluice.Api.Wire;
using Sluice.Storage.Seats;

namespace Sluice.Api.Management.Seats;

/// <summary>A seat as the API shows it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="State"><c>unassigned</c>, <c>assigned</c> or <c>expired</c>.</param>
/// <param name="MemberId">Who holds it, or held it when its plan ended.</param>
/// <param name="SubscriptionId">Where it comes from.</param>
/// <param name="Plan">Name of its plan.</param>
/// <param name="ExpiresAt">The plan's end.</param>
/// <param name="AssignedAt">Since when it is held.</param>
/// <param name="KeyId">Its key, where it has one.</param>
/// <param name="Credits">Monthly.</param>
internal sealed record SeatView(
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
    public static SeatView Of(Seat seat) => new(
        Ids.Seat(seat.Id),
        seat.State,
        seat.MemberId is { } member ? Ids.Member(member) : null,
        Ids.Subscription(seat.SubscriptionId),
        seat.Plan,
        seat.ExpiresAt,
        seat.AssignedAt,
        seat.KeyId is { } key ? Ids.Key(key) : null,
        JsonDecimal.Of(seat.CreditsUnits, SubscriptionView.Credits.Decimals));
}
