using System.Text.Json.Serialization;
using Sluice.Storage.Control.Seats;

namespace Sluice.Api.Management.Seats;

/// <summary>A subscription as the API shows it.</summary>
/// <param name="Id">The subscription's id, such as <c>u0000000001a</c>.</param>
/// <param name="Plan">The plan's name.</param>
/// <param name="Seats">The number of seats.</param>
/// <param name="CreditsPerSeat">The monthly credits of each seat.</param>
/// <param name="ExpiresAt">The first instant at which its seats give no access, in UTC.</param>
/// <param name="CreatedAt">When it was created, in UTC.</param>
/// <param name="SeatIds">The ids of its seats; only in the response that creates it.</param>
internal sealed record SubscriptionResponse(
    string Id,
    string Plan,
    int Seats,
    JsonDecimal CreditsPerSeat,
    DateTimeOffset ExpiresAt,
    DateTimeOffset CreatedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? SeatIds = null)
{
    public static readonly Metric Credits = MetricCatalogue.BuiltIn[MetricId.Credits];

    public static SubscriptionResponse Of(Subscription subscription) => new(
        Ids.Subscription(subscription.Id),
        subscription.Plan,
        subscription.Seats,
        JsonDecimal.Of(subscription.CreditsUnits, Credits.Decimals),
        subscription.ExpiresAt,
        subscription.CreatedAt);
}
