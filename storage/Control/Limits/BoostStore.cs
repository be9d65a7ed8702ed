using Sluice.Metering.Identity;
using Sluice.Metering.Limits;
using Sluice.Metering.Metrics;
using Sluice.Storage.Control.Audit;
using Sluice.Storage.Control.Members;
using Sluice.Storage.Control.Metrics;
using Sluice.Storage.Control.Tenants;

namespace Sluice.Storage.Control.Limits;

/// <summary>Stores temporary raises of blocked limits; each is part of the limit that it raises.</summary>
public sealed class BoostStore(LimitStore limits, TimeProvider time)
{
    private static readonly Error TenantNotFound = new Error.NotFound("tenant");

    /// <summary>Lists the boosts that have not ended, as the limits that they raise.</summary>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="visibility">The part of them to list; null for all.</param>
    /// <param name="ct">Cancels the query.</param>
    public async Task<Result<IReadOnlyList<StoredLimit>>> ListAsync(
        long tenantId, Visibility? visibility, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        return (await limits.ListAsync(tenantId, visibility, ct)).Then<IReadOnlyList<StoredLimit>>(
            found => [.. found.Where(limit => limit.BoostId is not null && limit.BoostedUntil > now)]);
    }

    /// <summary>
    /// Reads the blocked limits of a metric at a scope and locks them until the action ends. Refused if the scope is
    /// not the tenant's.
    /// </summary>
    public async Task<Result<IReadOnlyList<StoredLimit>>> LockAsync(
        UnitOfWork tx, long tenantId, ScopeId scope, MetricId metric, CancellationToken ct)
    {
        if (await TenantRows.LockLivingAsync(tx, tenantId, ct) is null)
            return TenantNotFound;
        var db = await tx.OpenAsync(ct);
        if (!await ScopeRows.IsLivingAsync(db, tenantId, scope, null, ct))
            return new Error.NotFound(scope.Kind.ToString().ToLowerInvariant());
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

    /// <summary>
    /// Reads the limit that a boost raises, or has raised and not been removed from, and locks it until the action
    /// ends.
    /// </summary>
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

    /// <summary>Boosts a limit that was locked before; null removes the boost.</summary>
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
