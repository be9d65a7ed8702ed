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
public sealed class LimitStore(NpgsqlDataSource source)
{
    private static readonly Error TenantNotFound = new Error.NotFound("tenant");

    /// <summary>Lists all limits of a tenant and of everything in it.</summary>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="visibility">The limits to list in addition to the tenant's own; null for all.</param>
    /// <param name="ct">Cancels the query.</param>
    public async Task<Result<IReadOnlyList<StoredLimit>>> ListAsync(
        long tenantId, Visibility? visibility, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
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

    /// <summary>
    /// Replaces everything set in a slot. Refused if the scope is not the tenant's, or if the tenant's own limit would
    /// be above the operator's quota.
    /// </summary>
    public async Task<Result<LimitSetting>> SetAsync(
        UnitOfWork tx, long tenantId, LimitSlot slot, LimitSetting setting, CancellationToken ct)
    {
        if (await TenantRows.LockLivingAsync(tx, tenantId, ct) is null)
            return TenantNotFound;
        if (!await ScopeRows.IsLivingAsync(tx, tenantId, slot.Scope, ct))
            return new Error.NotFound(slot.Scope.Kind.ToString().ToLowerInvariant());
        if (await AboveQuotaAsync(tx, slot, setting, ct) is { } error)
            return error;

        var db = await tx.OpenAsync(ct);
        var before = await LimitRows.ReadAsync(db, slot, ct);
        if (!await LimitRows.ReplaceAsync(tx, tenantId, slot, setting, ct))
            return setting;
        await LimitRows.RaiseVersionAsync(tx, slot.Scope, ct);
        var metric = (await MetricRows.ReadAsync(db, ct))[slot.Metric];
        var entry = new AuditEntry(
            $"{slot.Source.ToString().ToLowerInvariant()}.set",
            tenantId,
            slot.Scope.ToString(),
            LimitState.Of(before, slot, metric),
            LimitState.Of(await LimitRows.ReadAsync(db, slot, ct), slot, metric));
        await AuditLog.AppendAsync(tx, entry, ct);
        return setting;
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
        var wanted = thresholds.ToDictionary(static threshold => threshold.Metric);
        var changed = false;
        foreach (var metric in before.Select(static row => new MetricId(row.Metric)).Union(wanted.Keys))
        {
            var setting = wanted.GetValueOrDefault(metric) is { } threshold
                ? SettingOf(threshold, contact)
                : LimitSetting.Nothing;
            var slot = new LimitSlot(scope, metric, PeriodKind.Month, LimitSource.Threshold);
            changed |= await LimitRows.ReplaceAsync(tx, tenantId, slot, setting, ct);
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

    /// <summary>Finds who is notified of an account's thresholds; null if that was never set.</summary>
    public async Task<ThresholdContact?> FindContactAsync(long tenantId, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        return await ContactAsync(db, tenantId, ct);
    }

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
            $"{LimitRows.Select} where l.scope_kind = 0 and l.scope_id = @tenantId and l.source = @Source",
            new { tenantId, Source = (short)LimitSource.Threshold },
            ct);

    private static LimitSetting SettingOf(LimitDraft threshold, ThresholdContact contact) => new(
        threshold.BlockedUnits,
        threshold.Warnings,
        contact.WarningRecipients,
        contact.BlockedRecipients,
        contact.Language);

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

    /// <summary>
    /// Refuses a limit above the operator's quota, the ceiling of a tenant's own limit; a boost raises it.
    /// </summary>
    private static async Task<Error?> AboveQuotaAsync(
        UnitOfWork tx, LimitSlot slot, LimitSetting setting, CancellationToken ct)
    {
        if (slot.Scope.Kind != ScopeKind.Tenant || slot.Source != LimitSource.Limit || setting.BlockedUnits is null)
            return null;
        var quota = (await LimitRows.ReadAsync(
            await tx.OpenAsync(ct), slot with { Source = LimitSource.Quota }, ct)).SingleOrDefault();
        if (quota is null)
            return null;
        var ceiling = quota.ValueAt(tx.Now)!.Value;
        return setting.BlockedUnits <= ceiling
            ? null
            : new Error.RulesBroken(
                "blocked",
                "above-quota",
                $"At most the quota of {FormatAmount(ceiling)}, which only the operator raises.");
    }

    private static string FormatAmount(long units) =>
        ScaledNumber.Format(units, MetricCatalogue.BuiltIn[MetricId.Amount].Decimals);
}
