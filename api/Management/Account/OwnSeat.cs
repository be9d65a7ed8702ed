using Sluice.Engine.LiveState;
using Sluice.Engine.Signals;
using Sluice.Metering.Periods;
using Sluice.Storage.Control.Seats;

namespace Sluice.Api.Management.Account;

/// <summary>Reads a member's seat with what it has used of its credits, at most a second old.</summary>
internal sealed class OwnSeat(SeatStore seats, ControlSignals signals)
{
    /// <summary>Returns the seat that a member holds; null without one.</summary>
    public async Task<OwnSeatResponse?> FindAsync(long tenantId, long memberId, CancellationToken ct)
    {
        if (await seats.FindOfAsync(memberId, ct) is not { } seat)
            return null;
        var only = new StateFilter(new ScopeId(ScopeKind.Seat, seat.Id), IsLimited: false);
        var live = await signals.StateAsync(tenantId, new(memberId, []), only, ct);
        var counter = live.Scopes.SelectMany(static scope => scope.Metrics)
            .FirstOrDefault(static c => c.Metric == MetricId.Credits && c.Period.Kind == PeriodKind.Month);
        // The counter is the month's; the seat's credits count from the last renewal in it.
        var limit = counter?.LimitUnits - seat.CreditsBaseUnits ?? seat.CreditsUnits;
        var used = Math.Max(0, (counter?.UsedUnits ?? 0) - seat.CreditsBaseUnits);
        return OwnSeatResponse.Of(seat, limit, used);
    }
}
