using Sluice.Api.Management.Limits;
using Sluice.Metering.Limits;
using Sluice.Storage.Control.Limits;
using Sluice.Storage.Control.Metrics;
using Sluice.Storage.Control.Names;

namespace Sluice.Api.Management.Boosts;

/// <summary><c>POST /api/v1/tenants/{t}/boosts</c></summary>
internal sealed class CreateBoost(
    UnitOfWork work, BoostRights rights, BoostStore boosts, MetricStore metrics, NameStore names)
    : ManagementEndpoint<BoostRequest>
{
    public override void Configure()
    {
        Post("/boosts");
        Group<LimitsEndpoints>();
        Requires(Permission.Boost);
        Transactional();
        Describe("Raise a blocked limit until a given time; the boost ends by itself");
        Returns<BoostResponse>(StatusCodes.Status201Created);
    }

    public override async Task<ApiResult> ExecuteAsync(BoostRequest request, CancellationToken ct)
    {
        var catalogue = await metrics.ReadAsync(ct);
        if (BoostDraft.Read(request, catalogue).IsError(out var error, out var draft))
            return ApiResult.Failure(error);
        if (await rights.WhyNotAsync(Caller, TenantId, draft.Scope, ct) is { } unseen)
            return ApiResult.Failure(unseen);
        if ((await boosts.LockAsync(work, TenantId, draft.Scope, draft.Metric.Id, ct))
            .IsError(out error, out var found))
            return ApiResult.Failure(error);
        if (Choose(Caller, draft, found).IsError(out error, out var limit))
            return ApiResult.Failure(error);
        if (Check(draft, limit, found, work.Now) is { } broken)
            return ApiResult.Failure(broken);

        var boost = new Boost(IdText.NewValue(), draft.ValueUnits, draft.Until);
        var boosted = await boosts.SetAsync(work, TenantId, limit, boost, ct);
        var book = await names.ReadAsync(TenantId, [draft.Scope.ToString()], ct);
        return ApiResult.Created(
            $"/api/v1/tenants/{Ids.Tenant(TenantId)}/boosts/{Ids.Boost(boost.Id)}",
            BoostResponse.Of(boosted, catalogue, book),
            ControlChange.Limits(draft.Scope));
    }

    /// <summary>Chooses the one limit that is meant among those that the caller may boost.</summary>
    private static Result<StoredLimit> Choose(Caller caller, BoostDraft draft, IReadOnlyList<StoredLimit> found)
    {
        var meant = found.Where(draft.Means).ToList();
        var allowed = meant.Where(limit => BoostRights.WhyNot(caller, limit.Source) is null).ToList();
        if (allowed.Count == 1)
            return allowed[0];
        if (allowed.Count > 1)
        {
            var several = allowed.Select(static limit => limit.Source).Distinct().Count() > 1 ? "source" : "period";
            return new Error.RulesBroken(
                several, "required", $"Several limits are on this; say which {several} is meant.");
        }

        return meant.Count > 0
            ? BoostRights.WhyNot(caller, meant[0].Source)!
            : new Error.Conflict($"There is no blocked limit of {draft.Metric.Name} there that could be raised.");
    }

    private static Error? Check(
        BoostDraft draft, StoredLimit limit, IReadOnlyList<StoredLimit> found, DateTimeOffset now)
    {
        if (limit.BoostId is { } other && limit.BoostedUntil > now)
        {
            return new Error.Conflict(
                $"The limit is boosted already: {Ids.Boost(other)}; delete that first.", Ids.Boost(other));
        }

        // A tenant's own boost stays below what the operator allows, for however short a time.
        var quota = limit is { ScopeKind: ScopeKind.Tenant, Source: LimitSource.Limit }
            ? found.SingleOrDefault(above => above.Source == LimitSource.Quota && above.Period == limit.Period)
            : null;
        var raised = new Limit(
            limit.Id, draft.Scope, draft.Metric.Id, limit.Period, limit.Kind, limit.Source, limit.Value);
        var broken = LimitRules.CheckBoost(
            raised,
            draft.ValueUnits,
            draft.Until.ToUnixTimeMilliseconds(),
            quota?.ValueAt(now),
            now.ToUnixTimeMilliseconds());
        return broken.IsEmpty ? null : new Error.RulesBroken(broken);
    }
}
