using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Management.Seats;
using Sluice.Api.Wire;
using Sluice.Metering.Identity;
using Sluice.Metering.Limits;
using Sluice.Metering.Periods;
using Sluice.Storage.Seats;

namespace Sluice.Api.Management.Limits;

/// <summary><c>PUT /api/v1/tenants/{t}/seats/{s}/limits/credits</c></summary>
internal static class SetSeatWarnings
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPut("/api/v1/tenants/{t}/seats/{s}/limits/credits", HandleAsync)
        .Needs(Permission.SetLimits)
        .AsAction()
        .Describe("SetSeatWarnings", "Sets the warnings of a seat's monthly credits; the plan sets how many there are")
        .Produces<LimitResource>();

    private static async Task<Reply> HandleAsync(
        TenantId t, SeatId s, LimitRequest request, LimitSetter setter, ISeatStore seats, CancellationToken ct)
    {
        if (await seats.FindAsync(t.Value, s.Value, ct) is not { } seat)
            return Reply.NotFound("seat");
        var rules = new RuleCheck();
        if (request.Blocked.IsGiven)
            rules.Break("blocked", "set-by-plan", "Comes from the plan; the operator can boost it.");
        if (rules.Refusal is { } refusal)
            return Reply.Refused(refusal);

        var credits = SubscriptionView.Credits;
        return await setter.SetAsync(
            t.Value,
            new(ScopeKind.Seat, s.Value),
            LimitSource.Plan,
            credits,
            [PeriodKind.Month],
            request with { Blocked = new(NumberText.Of(seat.CreditsUnits, credits.Decimals)) },
            ct);
    }
}
