using Sluice.Client.Models;

namespace Sluice.WebConsole.Pages.Seats;

/// <summary>The credits of a seat in the present month.</summary>
/// <param name="Used">What is used.</param>
/// <param name="Held">What reservations hold.</param>
/// <param name="Limit">What there is: the plan's, or more while it is boosted.</param>
internal readonly record struct SeatCredits(decimal Used, decimal Held, decimal Limit)
{
    public decimal Left => Math.Max(0, Limit - Used - Held);

    /// <summary>Finds them among the live counters of the tenant; a seat that was never used has none.</summary>
    public static SeatCredits Of(SeatResponse seat, IReadOnlyList<GetStateItem>? state)
    {
        var counter = state?.FirstOrDefault(item => item.ScopeId == seat.Id)?.Metrics
            .FirstOrDefault(static c => c.Metric == "credits");
        return new(counter?.Used ?? 0, counter?.Held ?? 0, counter?.Limit ?? seat.Credits);
    }
}
