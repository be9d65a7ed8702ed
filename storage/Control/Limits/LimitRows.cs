using Npgsql;
using Sluice.Metering.Identity;
using Sluice.Metering.Limits;

namespace Sluice.Storage.Control.Limits;

/// <summary>Replaces the rows of a slot and keeps those whose threshold is unchanged.</summary>
internal static class LimitRows
{
    public const string Select =
        """
        select l.id, l.scope_kind as ScopeKind, l.scope_id as ScopeId, l.metric, l.period, l.kind, l.source, l.value,
               l.percent, l.boost_id as BoostId, l.boosted_value as BoostedValue, l.boosted_until as BoostedUntil,
               l.boosted_by as BoostedBy, l.boosted_at as BoostedAt, l.recipients, l.language
        from usage_limit l
        """;

    private readonly record struct Threshold(LimitKind Kind, long? Value, decimal? Percent);

    public static Task<IReadOnlyList<StoredLimit>> ReadAsync(
        NpgsqlConnection db, LimitSlot slot, CancellationToken ct) =>
        db.ListAsync<StoredLimit>(
            $"""
            {Select}
            where l.scope_kind = @ScopeKind and l.scope_id = @ScopeId and l.metric = @Metric and l.period = @Period
              and l.source = @Source
            order by l.id
            """,
            KeysOf(slot),
            ct);

    /// <returns>Whether anything changed; if so, the scope's version must rise.</returns>
    public static async Task<bool> ReplaceAsync(
        UnitOfWork tx, long tenantId, LimitSlot slot, LimitSetting setting, CancellationToken ct)
    {
        var db = await tx.OpenAsync(ct);
        var existing = await ReadAsync(db, slot, ct);
        var wanted = WantedOf(setting);
        var changed = false;
        foreach (var row in existing)
        {
            if (wanted.Remove(new(row.Kind, row.Value, row.Percent), out var recipients))
                changed |= await KeepAsync(db, row, recipients, setting.Language, ct);
            else
                changed |= await db.RunAsync("delete from usage_limit where id = @Id", new { row.Id }, ct) > 0;
        }

        // A boost belongs to the limit, not to its value: it stays if the blocked value is set again.
        var boosted = existing.FirstOrDefault(row => row.Kind == LimitKind.Blocked && row.BoostedUntil > tx.Now);
        foreach (var (threshold, recipients) in wanted)
        {
            await InsertAsync(
                tx, tenantId, slot, threshold, recipients, setting.Language,
                threshold.Kind == LimitKind.Blocked ? boosted : null, ct);
        }

        return changed || wanted.Count > 0;
    }

    public static async Task RaiseVersionAsync(UnitOfWork tx, ScopeId scope, CancellationToken ct)
    {
        var db = await tx.OpenAsync(ct);
        await db.RunAsync(
            """
            insert into limit_version (scope_kind, scope_id, version) values (@Kind, @Value, 1)
            on conflict (scope_kind, scope_id) do update set version = limit_version.version + 1
            """,
            new { Kind = (short)scope.Kind, scope.Value },
            ct);
    }

    private static Dictionary<Threshold, IReadOnlyList<string>> WantedOf(LimitSetting setting)
    {
        var wanted = new Dictionary<Threshold, IReadOnlyList<string>>();
        if (setting.BlockedUnits is { } blocked)
            wanted.Add(new(LimitKind.Blocked, blocked, null), setting.BlockedRecipients);
        foreach (var warning in setting.Warnings)
            wanted.Add(new(LimitKind.Warning, warning.Units, warning.Percent), setting.WarningRecipients);
        return wanted;
    }

    private static async Task<bool> KeepAsync(
        NpgsqlConnection db, StoredLimit row, IReadOnlyList<string> recipients, string? language, CancellationToken ct)
    {
        if (row.Recipients.SequenceEqual(recipients) && row.Language == language)
            return false;
        await db.RunAsync(
            "update usage_limit set recipients = @recipients, language = @language where id = @Id",
            new { row.Id, recipients = recipients.ToArray(), language },
            ct);
        return true;
    }

    private static async Task InsertAsync(
        UnitOfWork tx,
        long tenantId,
        LimitSlot slot,
        Threshold threshold,
        IReadOnlyList<string> recipients,
        string? language,
        StoredLimit? boosted,
        CancellationToken ct)
    {
        var db = await tx.OpenAsync(ct);
        var values = KeysOf(slot);
        values.AddDynamicParams(new
        {
            tenantId,
            Kind = (short)threshold.Kind,
            threshold.Value,
            threshold.Percent,
            boosted?.BoostId,
            boosted?.BoostedValue,
            boosted?.BoostedUntil,
            boosted?.BoostedBy,
            boosted?.BoostedAt,
            recipients = recipients.ToArray(),
            language,
            tx.Now,
        });
        await db.RunAsync(
            """
            insert into usage_limit
              (tenant_id, scope_kind, scope_id, metric, period, kind, source, value, percent, boost_id,
               boosted_value, boosted_until, boosted_by, boosted_at, recipients, language, created_at)
            values (@tenantId, @ScopeKind, @ScopeId, @Metric, @Period, @Kind, @Source, @Value, @Percent,
                    @BoostId, @BoostedValue, @BoostedUntil, @BoostedBy, @BoostedAt, @recipients, @language, @Now)
            """,
            values,
            ct);
    }

    private static Dapper.DynamicParameters KeysOf(LimitSlot slot) => new(new
    {
        ScopeKind = (short)slot.Scope.Kind,
        ScopeId = slot.Scope.Value,
        Metric = slot.Metric.Value,
        Period = (short)slot.Period,
        Source = (short)slot.Source,
    });
}
