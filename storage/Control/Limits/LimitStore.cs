using Npgsql;
using Sluice.Metering.Identity;
using Sluice.Metering.Limits;
using Sluice.Metering.Metrics;
using Sluice.Metering.Periods;
using Sluice.Storage.Control.Audit;
using Sluice.Storage.Control.Members;
using Sluice.Storage.Control.Metrics;
using Sluice.Storage.Control.Tenants;

namespace Sluice.Storage.Control.Limits;

/// <summary>
/// Stores the limits of every scope. A row whose value is unchanged keeps its id, because each row fires at most once
/// per period; any change of a scope's limits raises the scope's version in the same transaction.
/// </summary>
public sealed class LimitStore(NpgsqlDataSource database)
{
    private static readonly Error TenantNotFound = new Error.NotFound("tenant");

    private static Error.NotFound NotFound(ScopeId scope) => new(scope.Kind.ToString().ToLowerInvariant());

    /// <summary>Lists all limits of a tenant and of everything in it.</summary>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="visibility">The limits to list in addition to the tenant's own; null for all.</param>
    /// <param name="ct">Cancels the query.</param>
    public async Task<Result<IReadOnlyList<StoredLimit>>> ListAsync(
        long tenantId, Visibility? visibility, CancellationToken ct)
    {
        await using var db = await database.OpenConnectionAsync(ct);
        if (await TenantRows.FindLivingAsync(db, tenantId, ct) is null)
            return TenantNotFound;
        var rows = await db.ListAsync<StoredLimit>(
            $"""
            {LimitRows.Select}
            left join project p on l.scope_kind = 1 and p.id = l.scope_id
            left join seat s on l.scope_kind = 2 and s.id = l.scope_id
            left join api_key k on l.scope_kind = 3 and k.id = l.scope_id
            where l.tenant_id = @tenantId
              and p.deleted_at is null and s.removed_at is null and k.deleted_at is null
              and (@SeesAll or l.scope_kind = 0 or p.id = any(@Projects) or s.member_id = @MemberId
                   or k.project_id = any(@Projects) or k.member_id = @MemberId)
            order by l.scope_kind, l.scope_id, l.metric, l.period, l.source, l.kind, l.value, l.percent
            """,
            new
            {
                tenantId,
                SeesAll = visibility is null,
                Projects = visibility?.ProjectIds.ToArray() ?? [],
                MemberId = visibility?.MemberId ?? 0,
            },
            ct);
        return Result<IReadOnlyList<StoredLimit>>.Done(rows);
    }

    /// <summary>Reads what a source has set on a scope's metric, in every period.</summary>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="scope">The scope; it must exist.</param>
    /// <param name="source">Who sets the limits.</param>
    /// <param name="metric">The metric.</param>
    /// <param name="visibility">The part of the tenant in which the scope must be; null for all.</param>
    /// <param name="ct">Cancels the query.</param>
    public async Task<Result<IReadOnlyList<StoredLimit>>> ReadAsync(
        long tenantId,
        ScopeId scope,
        LimitSource source,
        MetricId metric,
        Visibility? visibility,
        CancellationToken ct)
    {
        await using var db = await database.OpenConnectionAsync(ct);
        return await TenantRows.FindLivingAsync(db, tenantId, ct) is null
            ? TenantNotFound
            : await ReadAsync(db, tenantId, new(scope, metric, source), visibility, ct);
    }

    /// <summary>Reads the same; no other action changes it until this one ends.</summary>
    /// <inheritdoc cref="ReadAsync(long, ScopeId, LimitSource, MetricId, Visibility?, CancellationToken)"/>
    public async Task<Result<IReadOnlyList<StoredLimit>>> LockAsync(
        UnitOfWork tx,
        long tenantId,
        ScopeId scope,
        LimitSource source,
        MetricId metric,
        Visibility? visibility,
        CancellationToken ct) =>
        await TenantRows.LockLivingAsync(tx, tenantId, ct) is null
            ? TenantNotFound
            : await ReadAsync(await tx.OpenAsync(ct), tenantId, new(scope, metric, source), visibility, ct);

    /// <summary>
    /// Replaces everything that a source had set on a scope's metric in the draft's period. Refused if the scope is not
    /// the tenant's, or if the tenant's own limit would be above the operator's quota.
    /// </summary>
    /// <returns>What the source has set on the metric now, in every period.</returns>
    public async Task<Result<IReadOnlyList<StoredLimit>>> SetAsync(
        UnitOfWork tx, long tenantId, ScopeId scope, LimitSource source, LimitDraft draft, CancellationToken ct)
    {
        if (await TenantRows.LockLivingAsync(tx, tenantId, ct) is null)
            return TenantNotFound;
        var db = await tx.OpenAsync(ct);
        if (!await ScopeRows.IsLivingAsync(db, tenantId, scope, null, ct))
            return NotFound(scope);
        var slot = new LimitSlot(scope, draft.Metric, source);
        if (await AboveQuotaAsync(tx, slot, draft, ct) is { } above)
            return new Error.RulesBroken([above]);

        var before = await LimitRows.ReadAsync(db, slot, ct);
        if (!await LimitRows.ReplaceAsync(tx, tenantId, slot, draft, ct))
            return Result<IReadOnlyList<StoredLimit>>.Done(before);
        await LimitRows.RaiseVersionAsync(tx, scope, ct);
        var after = await LimitRows.ReadAsync(db, slot, ct);
        var metric = (await MetricRows.ReadAsync(db, ct))[draft.Metric];
        var entry = new AuditEntry(
            $"{source.ToString().ToLowerInvariant()}.set",
            tenantId,
            scope.ToString(),
            LimitState.Of(before, draft.Period, metric),
            LimitState.Of(after, draft.Period, metric));
        await AuditLog.AppendAsync(tx, entry, ct);
        return Result<IReadOnlyList<StoredLimit>>.Done(after);
    }

    /// <summary>
    /// Replaces all thresholds of an account; a metric that is not named has none afterwards. The thresholds have
    /// passed <see cref="LimitRules.CheckThresholds"/>.
    /// </summary>
    public async Task<Result<ThresholdContact>> SetThresholdsAsync(
        UnitOfWork tx,
        long tenantId,
        IReadOnlyList<LimitDraft> thresholds,
        ThresholdContact contact,
        CancellationToken ct)
    {
        if (await TenantRows.LockLivingAsync(tx, tenantId, ct) is null)
            return TenantNotFound;
        var db = await tx.OpenAsync(ct);
        var scope = new ScopeId(ScopeKind.Tenant, tenantId);
        var before = await ThresholdsAsync(db, tenantId, ct);
        var contactBefore = await ContactAsync(db, tenantId, ct);
        var wanted = thresholds.ToDictionary(static threshold => threshold.Metric, threshold => threshold with
        {
            WarningRecipients = contact.WarningRecipients,
            BlockedRecipients = contact.BlockedRecipients,
            Language = contact.Language,
        });
        var changed = false;
        foreach (var metric in before.Select(static row => new MetricId(row.Metric)).Union(wanted.Keys))
        {
            var draft = wanted.GetValueOrDefault(metric) ?? new(metric, PeriodKind.Month, null, []);
            var slot = new LimitSlot(scope, metric, LimitSource.Threshold);
            changed |= await LimitRows.ReplaceAsync(tx, tenantId, slot, draft, ct);
        }

        changed |= await SaveContactAsync(db, tenantId, contact, ct);
        if (!changed)
            return contact;
        await LimitRows.RaiseVersionAsync(tx, scope, ct);
        var catalogue = await MetricRows.ReadAsync(db, ct);
        var entry = new AuditEntry(
            "thresholds.set",
            tenantId,
            scope.ToString(),
            ThresholdsState.Of(before, contactBefore, catalogue),
            ThresholdsState.Of(await ThresholdsAsync(db, tenantId, ct), contact, catalogue));
        await AuditLog.AppendAsync(tx, entry, ct);
        return contact;
    }

    /// <summary>Reads an account's thresholds, and who is notified of them.</summary>
    public async Task<AccountThresholds> ReadThresholdsAsync(long tenantId, CancellationToken ct)
    {
        await using var db = await database.OpenConnectionAsync(ct);
        return new(await ThresholdsAsync(db, tenantId, ct), await ContactAsync(db, tenantId, ct));
    }

    /// <summary>Reads the same under the lock of the tenant: no other action changes it until this one ends.</summary>
    public async Task<AccountThresholds> LockThresholdsAsync(UnitOfWork tx, long tenantId, CancellationToken ct)
    {
        await TenantRows.LockAsync(tx, tenantId, ct);
        var db = await tx.OpenAsync(ct);
        return new(await ThresholdsAsync(db, tenantId, ct), await ContactAsync(db, tenantId, ct));
    }

    private static async Task<Result<IReadOnlyList<StoredLimit>>> ReadAsync(
        NpgsqlConnection db, long tenantId, LimitSlot slot, Visibility? visibility, CancellationToken ct) =>
        await ScopeRows.IsLivingAsync(db, tenantId, slot.Scope, visibility, ct)
            ? Result<IReadOnlyList<StoredLimit>>.Done(await LimitRows.ReadAsync(db, slot, ct))
            : NotFound(slot.Scope);

    private static Task<ThresholdContact?> ContactAsync(NpgsqlConnection db, long tenantId, CancellationToken ct) =>
        db.FindAsync<ThresholdContact>(
            """
            select warning_recipients as WarningRecipients, blocked_recipients as BlockedRecipients, language
            from usage_threshold_contact where tenant_id = @tenantId
            """,
            new { tenantId },
            ct);

    private static Task<IReadOnlyList<StoredLimit>> ThresholdsAsync(
        NpgsqlConnection db, long tenantId, CancellationToken ct) =>
        db.ListAsync<StoredLimit>(
            $"""
            {LimitRows.Select} where l.scope_kind = 0 and l.scope_id = @tenantId and l.source = @Source
            order by l.metric, l.kind, l.value
            """,
            new { tenantId, Source = (short)LimitSource.Threshold },
            ct);

    private static async Task<bool> SaveContactAsync(
        NpgsqlConnection db, long tenantId, ThresholdContact contact, CancellationToken ct) =>
        await db.RunAsync(
            """
            insert into usage_threshold_contact as c (tenant_id, warning_recipients, blocked_recipients, language)
            values (@tenantId, @WarningRecipients, @BlockedRecipients, @Language)
            on conflict (tenant_id) do update
            set warning_recipients = excluded.warning_recipients, blocked_recipients = excluded.blocked_recipients,
                language = excluded.language
            where (c.warning_recipients, c.blocked_recipients, c.language)
                  is distinct from (excluded.warning_recipients, excluded.blocked_recipients, excluded.language)
            """,
            new { tenantId, contact.WarningRecipients, contact.BlockedRecipients, contact.Language },
            ct) > 0;

    /// <summary>A tenant's own limit has the operator's quota as its ceiling; a boost raises that.</summary>
    private static async Task<FieldError?> AboveQuotaAsync(
        UnitOfWork tx, LimitSlot slot, LimitDraft draft, CancellationToken ct)
    {
        if (slot.Scope.Kind != ScopeKind.Tenant || slot.Source != LimitSource.Limit)
            return null;
        var quota = (await LimitRows.ReadAsync(
            await tx.OpenAsync(ct), slot with { Source = LimitSource.Quota }, ct)).SingleOrDefault();
        return LimitRules.CheckQuota("blocked", draft.BlockedUnits, quota?.ValueAt(tx.Now));
    }
}
