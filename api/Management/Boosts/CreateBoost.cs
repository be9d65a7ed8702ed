using Sluice.Api.Access;
using Sluice.Api.Actions;
using Sluice.Api.Wire;
using Sluice.Metering.Identity;
using Sluice.Metering.Limits;
using Sluice.Storage.Control;
using Sluice.Storage.Limits;
using Sluice.Storage.Metrics;

namespace Sluice.Api.Management.Boosts;

/// <summary><c>POST /api/v1/tenants/{t}/boosts</c></summary>
internal static class CreateBoost
{
    public static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/api/v1/tenants/{t}/boosts", HandleAsync)
        .Needs(Permission.Boost)
        .AsAction()
        .Describe("CreateBoost", "Raises a blocked limit up to an instant; it ends by itself")
        .Produces<BoostView>(StatusCodes.Status201Created);

    private static async Task<Reply> HandleAsync(
        TenantId t,
        BoostRequest request,
        Caller caller,
        ControlTransaction tx,
        BoostRights rights,
        IBoostStore boosts,
        IMetricStore metrics,
        CancellationToken ct)
    {
        var catalogue = await metrics.ReadAsync(ct);
        if (BoostDraft.Read(request, catalogue).IsRefused(out var refusal, out var draft))
            return Reply.Refused(refusal);
        if (await rights.WhyNotAsync(caller, t.Value, draft.Scope, ct) is { } unseen)
            return Reply.Refused(unseen);
        if ((await boosts.LockAsync(tx, t.Value, draft.Scope, draft.Metric.Id, ct))
            .IsRefused(out refusal, out var found))
            return Reply.Refused(refusal);
        if (Choose(caller, draft, found).IsRefused(out refusal, out var limit))
            return Reply.Refused(refusal);
        if (Check(draft, limit, found, tx.Now) is { } broken)
            return Reply.Refused(broken);

        var boost = new Boost(IdText.NewValue(), draft.ValueUnits, draft.Until);
        var boosted = await boosts.SetAsync(tx, t.Value, limit, boost, ct);
        return Reply.Created(
            $"/api/v1/tenants/{Ids.Tenant(t.Value)}/boosts/{Ids.Boost(boost.Id)}",
            BoostView.Of(boosted, catalogue),
            ControlChange.Limits(draft.Scope));
    }

    /// <summary>The one limit that is meant, of those that the caller may boost.</summary>
    private static Outcome<StoredLimit> Choose(Caller caller, BoostDraft draft, IReadOnlyList<StoredLimit> found)
    {
        var meant = found.Where(draft.Means).ToList();
        var allowed = meant.Where(limit => BoostRights.WhyNot(caller, limit.Source) is null).ToList();
        if (allowed.Count == 1)
            return allowed[0];
        if (allowed.Count > 1)
        {
            var several = allowed.Select(static limit => limit.Source).Distinct().Count() > 1 ? "source" : "period";
            return new Refusal.RulesBroken(
                several, "required", $"Several limits are on this; say which {several} is meant.");
        }

        return meant.Count > 0
            ? BoostRights.WhyNot(caller, meant[0].Source)!
            : new Refusal.Conflict($"There is no blocked limit of {draft.Metric.Name} there that could be raised.");
    }

    private static Refusal? Check(
        BoostDraft draft, StoredLimit limit, IReadOnlyList<StoredLimit> found, DateTimeOffset now)
    {
        if (limit.BoostId is { } other && limit.BoostedUntil > now)
        {
            return new Refusal.Conflict(
                $"The limit is boosted already: {Ids.Boost(other)}; delete that first.", Ids.Boost(other));
        }

        // What a tenant gives itself stays below what the operator allows, for however short a time.
        var quota = limit is { ScopeKind: ScopeKind.Tenant, Source: LimitSource.Limit }
            ? found.SingleOrDefault(above => above.Source == LimitSource.Quota && above.Period == limit.Period)
            : null;
        var raised = new Limit(
            limit.Id, draft.Scope, draft.Metric.Id, limit.Period, limit.Kind, limit.Source, limit.Value!.Value);
        var broken = LimitRules.CheckBoost(
            raised,
            draft.ValueUnits,
            draft.Until.ToUnixTimeMilliseconds(),
            quota?.ValueAt(now),
            now.ToUnixTimeMilliseconds());
        return broken.IsEmpty ? null : new Refusal.RulesBroken(broken);
    }
}
