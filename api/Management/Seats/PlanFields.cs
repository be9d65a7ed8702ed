using Sluice.Storage.Control.Seats;

namespace Sluice.Api.Management.Seats;

/// <summary>The rules of a plan's fields, for subscribing and renewing.</summary>
internal static class PlanFields
{
    public static Violation? Seats(int? seats) => seats is < 1 or > NewSubscription.MaxSeats
        ? new("range", $"Must be 1 to {NewSubscription.MaxSeats}.")
        : null;
}
