using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Wire;
using Sluice.Storage.Control;
using Sluice.Storage.Seats;

namespace Sluice.Api.Management.Seats;

/// <summary><c>POST /api/v1/tenants/{t}/subscriptions/{s}/renew</c></summary>
internal static class RenewSubscription
{
    /// <param name="ExpiresAt">The new end; only the operator may give one before the present end.</param>
    /// <param name="Seats">
    /// How many from now on; as many as before where left out. The operator's only: it changes what is bought.
    /// </param>
    internal sealed record Request(DateTimeOffset? ExpiresAt, int? Seats);

    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/v1/tenants/{t}/subscriptions/{s}/renew", HandleAsync)
        .Needs(Permission.RenewSeats)
        .AsAction()
        .Describe("RenewSubscription", "Moves a plan's end; once it had ended, its seats have to be assigned again")
        .Produces<SubscriptionView>();

    private static async Task<Reply> HandleAsync(
        TenantId t,
        SubscriptionId s,
        Request request,
        Caller caller,
        ControlTransaction tx,
        ISubscriptionStore subscriptions,
        TimeProvider time,
        CancellationToken ct)
    {
        // Whose the plans are may also cut one short, and change what is bought.
        var setsPlans = caller.Has(Permission.SetPlans);
        if (request.Seats is not null && !setsPlans)
            return Reply.Refused(new Refusal.Forbidden($"seats: {AccessRules.MissingText(Permission.SetPlans)}"));
        var rules = new RuleCheck();
        rules.PlanEnd("expiresAt", request.ExpiresAt, time);
        rules.Seats("seats", request.Seats);
        if (rules.Refusal is { } refusal)
            return Reply.Refused(refusal);
        return Reply.Of(
            await subscriptions.RenewAsync(
                tx, t.Value, s.Value, request.ExpiresAt!.Value, setsPlans, request.Seats, ct),
            static renewed => Reply.Ok(SubscriptionView.Of(renewed), ControlChange.Subscription(renewed.Id)));
    }
}
