using Sluice.Metering.Identity;
using Sluice.Metering.Limits;
using Sluice.Metering.Metrics;
using Sluice.Storage.Audit;
using Sluice.Storage.Control;
using Sluice.Storage.Members;
using Sluice.Storage.Metrics;
using Sluice.Storage.Tenants;

namespace Sluice.Storage.Limits;

/// <inheritdoc cref="IBoostStore"/>
internal sealed class BoostStore(ILimitStore limits, TimeProvider time) : IBoostStore
{
    private static readonly Error TenantNotFound = new Error.NotFound("tenant");

    public async Task<Result<IReadOnlyList<StoredLimit>>> ListAsync(
        long tenantId, Visibility? visibility, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        return (await limits.ListAsync(tenantId, visibility, ct)).Then<IReadOnlyList<StoredLimit>>(
            found => [.. found.Where(limit => limit.BoostId is not null && limit.BoostedUntil > now)]);
    }

    public async Task<Result<IReadOnlyList<StoredLimit>>> LockAsync(
        UnitOfWork tx, long tenantId, ScopeId scope, MetricId metric, CancellationToken ct)
    {
        if (await TenantRows.LockLivingAsync(tx, tenantId, ct) is null)
            return TenantNotFound;
        if (!await ScopeRows.IsLivingAsync(tx, tenantId, scope, ct))
            return new Error.NotFound(scope.Kind.ToString().ToLowerInvariant());
        var db = await tx.OpenAsync(ct);
        return Result<IReadOnlyList<StoredLimit>>.Done(await db.ListAsync<StoredLimit>(
            $"""
            {LimitRows.Select}
            where l.scope_kind = @Kind and l.scope_id = @Value and l.metric = @Metric and l.kind = @Blocked
            order by l.source, l.period
            """,
            new
            {
                Kind = (short)scope.Kind,
                scope.Value,
                Metric = metric.Value,
                Blocked = (short)LimitKind.Blocked,
            },
            ct));
    }

    public async Task<Result<StoredLimit>> LockAsync(
        UnitOfWork tx, long tenantId, long boostId, CancellationToken ct)
    {
        if (await TenantRows.LockLivingAsync(tx, tenantId, ct) is null)
            return TenantNotFound;
        var db = await tx.OpenAsync(ct);
        return await db.FindAsync<StoredLimit>(
            $"{LimitRows.Select} where l.boost_id = @boostId and l.tenant_id = @tenantId",
            new { tenantId, boostId },
            ct) is { } limit
            ? limit
            : new Error.NotFound("boost");
    }

    public async Task<StoredLimit> SetAsync(
        UnitOfWork tx, long tenantId, StoredLimit limit, Boost? boost, CancellationToken ct)
    {
        var after = limit with
        {
            BoostId = boost?.Id,
            BoostedValue = boost?.ValueUnits,
            BoostedUntil = boost?.Until,
            BoostedBy = boost is null ? null : tx.Origin.Actor,
            BoostedAt = boost is null ? null : tx.Now,
        };
        var db = await tx.OpenAsync(ct);
        await db.RunAsync(
            """
            update usage_limit
            set boost_id = @BoostId, boosted_value = @BoostedValue, boosted_until = @BoostedUntil,
                boosted_by = @BoostedBy, boosted_at = @BoostedAt
            where id = @Id
            """,
            new { after.Id, after.BoostId, after.BoostedValue, after.BoostedUntil, after.BoostedBy, after.BoostedAt },
            ct);
        var scope = new ScopeId(limit.ScopeKind, limit.ScopeId);
        await LimitRows.RaiseVersionAsync(tx, scope, ct);
        var metric = (await MetricRows.ReadAsync(db, ct))[new(limit.Metric)];
        var entry = new AuditEntry(
            boost is null ? "boost.ended" : "boost.created",
            tenantId,
            IdText.Format(IdText.Boost, (after.BoostId ?? limit.BoostId)!.Value),
            BoostState.Of(limit, metric),
            BoostState.Of(after, metric));
        await AuditLog.AppendAsync(tx, entry, ct);
        return after;
    }
}
