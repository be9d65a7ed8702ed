using Sluice.Api.Wire;
using Sluice.Storage.Seats;

namespace Sluice.Api.Management.Seats;

/// <summary>The rules of a plan's fields, for making and renewing it.</summary>
internal static class PlanFields
{
    public static void Seats(this RuleCheck rules, string field, int? seats)
    {
        if (seats is < 1 or > NewSubscription.MaxSeats)
            rules.Break(field, "range", $"Must be 1 to {NewSubscription.MaxSeats}.");
    }

    public static void PlanEnd(this RuleCheck rules, string field, DateTimeOffset? value, TimeProvider time)
    {
        if (value is null)
            rules.Break(field, "required", "Must be given.");
        else if (value <= time.GetUtcNow())
            rules.Break(field, "in-the-past", "Must be in the future.");
    }
}
