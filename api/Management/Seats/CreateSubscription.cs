using FastEndpoints;
using FluentValidation;
using Sluice.Storage.Control.Seats;

namespace Sluice.Api.Management.Seats;

/// <summary><c>POST /api/v1/tenants/{t}/subscriptions</c></summary>
internal sealed class CreateSubscription(UnitOfWork work, SubscriptionStore subscriptions, TimeProvider time)
    : ManagementEndpoint<CreateSubscriptionRequest>
{
    public override void Configure()
    {
        Post("/subscriptions");
        Group<SeatsEndpoints>();
        Requires(Permission.SetPlans);
        Transactional();
        Describe("Subscribe a tenant to a plan and create its seats");
        Returns<SubscriptionResponse>(StatusCodes.Status201Created);
    }

    public override void OnBeforeValidate(CreateSubscriptionRequest request) => AddErrorIf(
        request.ExpiresAt <= time.GetUtcNow(), "expiresAt", "in-the-past", "Must be in the future.");

    public override async Task<ApiResult> ExecuteAsync(CreateSubscriptionRequest request, CancellationToken ct)
    {
        var credits = request.CreditsPerSeat!.Value.ToUnits(SubscriptionResponse.Credits.Decimals);
        var made = new NewSubscription(
            IdText.NewValue(), request.Plan!, request.Seats!.Value, credits, request.ExpiresAt!.Value);
        return ApiResult.Of(
            await subscriptions.CreateAsync(work, TenantId, made, ct),
            created => ApiResult.Created(
                $"/api/v1/tenants/{Ids.Tenant(TenantId)}/subscriptions",
                SubscriptionResponse.Of(created.Subscription) with { SeatIds = [.. created.Seats.Select(Ids.Seat)] }));
    }
}

/// <param name="Plan">The plan's name, 1 to 100 characters.</param>
/// <param name="Seats">The number of seats, 1 to 10,000.</param>
/// <param name="CreditsPerSeat">
/// The monthly credits of each seat, with at most 6 decimals; a seat with 0 admits nothing.
/// </param>
/// <param name="ExpiresAt">The first instant at which its seats give no access, in the future.</param>
internal sealed record CreateSubscriptionRequest(
    string? Plan, int? Seats, JsonDecimal? CreditsPerSeat, DateTimeOffset? ExpiresAt);

internal sealed class CreateSubscriptionRequestValidator : Validator<CreateSubscriptionRequest>
{
    public CreateSubscriptionRequestValidator()
    {
        RuleFor(static r => r.Plan).Follows(FieldRules.Text);
        RuleFor(static r => r.Seats).Follows(FieldRules.Required<int?>());
        RuleFor(static r => r.Seats).Follows(PlanFields.Seats);
        RuleFor(static r => r.CreditsPerSeat).Follows(FieldRules.Amount(SubscriptionResponse.Credits.Decimals));
        RuleFor(static r => r.ExpiresAt).Follows(FieldRules.Required<DateTimeOffset?>());
    }
}
