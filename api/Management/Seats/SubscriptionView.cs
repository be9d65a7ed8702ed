using System.Text.Json.Serialization;
using Sluice.Api.Wire;
using Sluice.Metering.Metrics;
using Sluice.Storage.Seats;

namespace Sluice.Api.Management.Seats;

/// <summary>A subscription as the API shows it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Plan">Its name.</param>
/// <param name="Seats">How many.</param>
/// <param name="CreditsPerSeat">Monthly for each.</param>
/// <param name="ExpiresAt">The first instant at which its seats give no access.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="SeatIds">Where it was made with this answer: its seats.</param>
internal sealed record SubscriptionView(
    string Id,
    string Plan,
    int Seats,
    JsonDecimal CreditsPerSeat,
    DateTimeOffset ExpiresAt,
    DateTimeOffset CreatedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? SeatIds = null)
{
    public static readonly Metric Credits = MetricCatalogue.BuiltIn[MetricId.Credits];

    public static SubscriptionView Of(Subscription subscription) => new(
        Ids.Subscription(subscription.Id),
        subscription.Plan,
        subscription.Seats,
        JsonDecimal.Of(subscription.CreditsUnits, Credits.Decimals),
        subscription.ExpiresAt,
        subscription.CreatedAt);
}
