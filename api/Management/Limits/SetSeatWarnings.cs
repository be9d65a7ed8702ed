using System.ComponentModel.DataAnnotations;
using Sluice.Api.Management.Seats;
using Sluice.Metering.Limits;
using Sluice.Metering.Periods;
using Sluice.Storage.Control.Seats;

namespace Sluice.Api.Management.Limits;

/// <summary><c>PUT /api/v1/tenants/{t}/seats/{s}/limits/credits</c></summary>
internal sealed class SetSeatWarnings(LimitSetter setter, SeatStore seats) : ManagementEndpoint<SetSeatWarningsRequest>
{
    public override void Configure()
    {
        Put("/seats/{s}/limits/credits");
        Group<LimitsEndpoints>();
        Requires(Permission.SetLimits);
        Transactional();
        Guarded();
        Describe("Set the warnings on a seat's monthly credits; the credits themselves are set by the plan");
        Returns<LimitResponse>();
    }

    public override async Task<ApiResult> ExecuteAsync(SetSeatWarningsRequest request, CancellationToken ct)
    {
        if (await seats.FindAsync(TenantId, RouteId("s", IdText.Seat), ct) is not { } seat)
            return ApiResult.NotFound("seat");
        var rules = new FieldErrors();
        var credits = SubscriptionResponse.Credits;
        // Sending back the response of a read must change nothing.
        if (request.Blocked.HasValue
            && rules.Units("blocked", request.Blocked.Value, credits.Decimals) != seat.CreditsUnits
            && rules.IsEmpty)
        {
            rules.Add("blocked", "set-by-plan", "Comes from the plan; the operator can boost it.");
        }

        if (rules.Error is { } error)
            return ApiResult.Failure(error);

        return await setter.SetAsync(
            TenantId,
            new(ScopeKind.Seat, RouteId("s", IdText.Seat)),
            LimitSource.Plan,
            credits,
            [PeriodKind.Month],
            new(
                new(JsonDecimal.Of(seat.CreditsUnits, credits.Decimals)),
                request.Warnings,
                request.Recipients,
                request.Period),
            ct);
    }

    protected override Task<ApiResult> LockAsync(SetSeatWarningsRequest request, CancellationToken ct) =>
        setter.LockAsync(
            TenantId,
            new(ScopeKind.Seat, RouteId("s", IdText.Seat)),
            LimitSource.Plan,
            SubscriptionResponse.Credits,
            PeriodKind.Month,
            Caller,
            ct);
}

/// <param name="Warnings">At most 16 values at which people are notified; none if omitted.</param>
/// <param name="Recipients">At most 20 addresses to notify; none if omitted.</param>
/// <param name="Period">The period over which credits add up: a month.</param>
internal sealed record SetSeatWarningsRequest(
    IReadOnlyList<LimitRequest.Warning?>? Warnings = null,
    IReadOnlyList<string?>? Recipients = null,
    [AllowedValues("month")] string? Period = null)
{
    /// <summary>The plan's credits, as a read returns them; they can't be changed here, and may be omitted.</summary>
    public Optional<JsonDecimal?> Blocked { get; init; }
}
