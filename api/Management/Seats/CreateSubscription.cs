using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Wire;
using Sluice.Metering.Identity;
using Sluice.Storage.Control;
using Sluice.Storage.Seats;

namespace Sluice.Api.Management.Seats;

/// <summary><c>POST /api/v1/tenants/{t}/subscriptions</c></summary>
internal static class CreateSubscription
{
    /// <param name="Plan">Its name.</param>
    /// <param name="Seats">How many, 1 to 10,000.</param>
    /// <param name="CreditsPerSeat">Monthly for each; at 0, a seat admits nothing.</param>
    /// <param name="ExpiresAt">The first instant at which its seats give no access.</param>
    internal sealed record Request(string? Plan, int? Seats, NumberText? CreditsPerSeat, DateTimeOffset? ExpiresAt);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/v1/tenants/{t}/subscriptions", HandleAsync)
        .Needs(Permission.SetPlans)
        .AsAction()
        .Describe("CreateSubscription", "Gives a tenant a plan with its seats")
        .Produces<SubscriptionView>(StatusCodes.Status201Created);

    private static async Task<Reply> HandleAsync(
        TenantId t,
        Request request,
        ControlTransaction tx,
        ISubscriptionStore subscriptions,
        TimeProvider time,
        CancellationToken ct)
    {
        var rules = new RuleCheck();
        rules.Text("plan", request.Plan);
        if (request.Seats is null)
            rules.Break("seats", "required", "Must be given.");
        rules.Seats("seats", request.Seats);
        if (request.CreditsPerSeat is null)
            rules.Break("creditsPerSeat", "required", "Must be given.");
        var credits = rules.Units("creditsPerSeat", request.CreditsPerSeat, SubscriptionView.Credits.Decimals);
        rules.PlanEnd("expiresAt", request.ExpiresAt, time);
        if (rules.Refusal is { } refusal)
            return Reply.Refused(refusal);

        var made = new NewSubscription(
            IdText.NewValue(), request.Plan!, request.Seats!.Value, credits!.Value, request.ExpiresAt!.Value);
        return Reply.Of(
            await subscriptions.CreateAsync(tx, t.Value, made, ct),
            created => Reply.Created(
                $"/api/v1/tenants/{Ids.Tenant(t.Value)}/subscriptions",
                SubscriptionView.Of(created.Subscription) with { SeatIds = [.. created.Seats.Select(Ids.Seat)] }));
    }
}
