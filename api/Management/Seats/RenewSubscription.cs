using FastEndpoints;
using FluentValidation;
using Sluice.Storage.Control.Seats;

namespace Sluice.Api.Management.Seats;

/// <summary><c>POST /api/v1/tenants/{t}/subscriptions/{s}/renew</c></summary>
internal sealed class RenewSubscription(UnitOfWork work, SubscriptionStore subscriptions, TimeProvider time)
    : ManagementEndpoint<RenewSubscriptionRequest>
{
    public override void Configure()
    {
        Post("/subscriptions/{s}/renew");
        Group<SeatsEndpoints>();
        Requires(Permission.RenewSeats);
        Transactional();
        Describe("Move a plan's end; if it had already ended, its seats are assigned again, with full credits");
        Returns<SubscriptionResponse>();
    }

    public override void OnBeforeValidate(RenewSubscriptionRequest request) => AddErrorIf(
        request.ExpiresAt <= time.GetUtcNow(), "expiresAt", "in-the-past", "Must be in the future.");

    public override async Task<ApiResult> ExecuteAsync(RenewSubscriptionRequest request, CancellationToken ct)
    {
        // Callers who set plans may also shorten one and change its number of seats.
        var setsPlans = Caller.Has(Permission.SetPlans);
        if (request.Seats is not null && !setsPlans)
            return ApiResult.Failure(new Error.Forbidden($"seats: {AccessRules.MissingText(Permission.SetPlans)}"));
        return ApiResult.Of(
            await subscriptions.RenewAsync(
                work,
                TenantId,
                RouteId("s", IdText.Subscription),
                request.ExpiresAt!.Value,
                setsPlans,
                request.Seats,
                ct),
            static renewed => ApiResult.Ok(SubscriptionResponse.Of(renewed.Subscription), ChangesOf(renewed)));
    }

    /// <summary>Its keys end later or not at all, and seats that had used credits have them again.</summary>
    private static IReadOnlyList<ControlChange> ChangesOf(Renewal renewed)
    {
        var credits = renewed.FreshSeats.Select(static seat => ControlChange.Limits(new(ScopeKind.Seat, seat)));
        return [ControlChange.Subscription(renewed.Subscription.Id), .. credits];
    }
}

/// <param name="ExpiresAt">
/// The first instant at which its seats give no access, in the future; only the operator may set one before the present
/// end.
/// </param>
/// <param name="Seats">The number of seats, 1 to 10,000; unchanged if omitted. Only the operator changes it.</param>
internal sealed record RenewSubscriptionRequest(DateTimeOffset? ExpiresAt, int? Seats = null);

internal sealed class RenewSubscriptionRequestValidator : Validator<RenewSubscriptionRequest>
{
    public RenewSubscriptionRequestValidator()
    {
        RuleFor(static r => r.ExpiresAt).Follows(FieldRules.Required<DateTimeOffset?>());
        RuleFor(static r => r.Seats).Follows(PlanFields.Seats);
    }
}
