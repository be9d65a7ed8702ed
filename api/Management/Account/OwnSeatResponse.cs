using Sluice.Storage.Control.Seats;

namespace Sluice.Api.Management.Account;

/// <summary>The seat of the signed-in member.</summary>
/// <param name="Id">The seat's id, such as <c>s0000000001a</c>.</param>
/// <param name="Plan">The name of its plan.</param>
/// <param name="ExpiresAt">The end of its plan, in UTC: the first instant at which it gives no access.</param>
/// <param name="CreditsLimit">The credits of the month, or those since the plan was renewed in it.</param>
/// <param name="CreditsUsed">What is used of them, at most a second old.</param>
internal sealed record OwnSeatResponse(
    string Id, string Plan, DateTimeOffset ExpiresAt, JsonDecimal CreditsLimit, JsonDecimal CreditsUsed)
{
    public static OwnSeatResponse Of(Seat seat, long limitUnits, long usedUnits)
    {
        var decimals = MetricCatalogue.BuiltIn[MetricId.Credits].Decimals;
        return new(
            Ids.Seat(seat.Id),
            seat.Plan,
            seat.ExpiresAt,
            JsonDecimal.Of(limitUnits, decimals),
            JsonDecimal.Of(usedUnits, decimals));
    }
}
