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

    public static Task<IReadOnlyList<StoredLimit>> ReadAsync(
        NpgsqlConnection db, LimitSlot slot, CancellationToken ct) =>
        db.ListAsync<StoredLimit>(
            $"""
            {Select}
            where l.scope_kind = @ScopeKind and l.scope_id = @ScopeId and l.metric = @Metric and l.source = @Source
            order by l.period, l.kind, l.value
            """,
            KeysOf(slot),
            ct);

    /// <returns>Whether anything changed; if so, the scope's version must rise.</returns>
    public static async Task<bool> ReplaceAsync(
        UnitOfWork tx, long tenantId, LimitSlot slot, LimitDraft draft, CancellationToken ct)
    {
        var db = await tx.OpenAsync(ct);
        StoredLimit[] existing = [.. (await ReadAsync(db, slot, ct)).Where(row => row.Period == draft.Period)];
        // A boost belongs to the limit, not to its value: it stays if the blocked value is set again.
        var boosted = existing.FirstOrDefault(row => row.Kind == LimitKind.Blocked && row.BoostedUntil > tx.Now);
        var changed = false;
        foreach (var (row, wanted) in draft.Match(existing, static row => row.Threshold))
        {
            if (wanted is not { } threshold)
                changed |= await db.RunAsync("delete from usage_limit where id = @Id", new { row!.Id }, ct) > 0;
            else if (row is not null)
                changed |= await KeepAsync(db, row, threshold, draft, ct);
            else
                changed |= await InsertAsync(tx, tenantId, slot, threshold, draft, boosted, ct);
        }

        return changed;
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

    private static IReadOnlyList<string> RecipientsOf(LimitDraft draft, LimitKind kind) =>
        kind == LimitKind.Warning ? draft.WarningRecipients : draft.BlockedRecipients;

    private static async Task<bool> KeepAsync(
        NpgsqlConnection db, StoredLimit row, Threshold threshold, LimitDraft draft, CancellationToken ct)
    {
        var recipients = RecipientsOf(draft, threshold.Kind);
        if (row.Recipients.SequenceEqual(recipients) && row.Language == draft.Language
            && row.Percent == threshold.Percent)
        {
            return false;
        }

        await db.RunAsync(
            """
            update usage_limit set recipients = @recipients, language = @Language, percent = @Percent where id = @Id
            """,
            new { row.Id, recipients = recipients.ToArray(), draft.Language, threshold.Percent },
            ct);
        return true;
    }

    private static async Task<bool> InsertAsync(
        UnitOfWork tx,
        long tenantId,
        LimitSlot slot,
        Threshold threshold,
        LimitDraft draft,
        StoredLimit? boosted,
        CancellationToken ct)
    {
        var db = await tx.OpenAsync(ct);
        var boost = threshold.Kind == LimitKind.Blocked ? boosted : null;
        var values = KeysOf(slot);
        values.AddDynamicParams(new
        {
            tenantId,
            Period = (short)draft.Period,
            Kind = (short)threshold.Kind,
            Value = threshold.Units,
            threshold.Percent,
            boost?.BoostId,
            boost?.BoostedValue,
            boost?.BoostedUntil,
            boost?.BoostedBy,
            boost?.BoostedAt,
            recipients = RecipientsOf(draft, threshold.Kind).ToArray(),
            draft.Language,
            tx.Now,
        });
        await db.RunAsync(
            """
            insert into usage_limit
              (tenant_id, scope_kind, scope_id, metric, period, kind, source, value, percent, boost_id,
               boosted_value, boosted_until, boosted_by, boosted_at, recipients, language, created_at)
            values (@tenantId, @ScopeKind, @ScopeId, @Metric, @Period, @Kind, @Source, @Value, @Percent,
                    @BoostId, @BoostedValue, @BoostedUntil, @BoostedBy, @BoostedAt, @recipients, @Language, @Now)
            """,
            values,
            ct);
        return true;
    }

    private static Dapper.DynamicParameters KeysOf(LimitSlot slot) => new(new
    {
        ScopeKind = (short)slot.Scope.Kind,
        ScopeId = slot.Scope.Value,
        Metric = slot.Metric.Value,
        Source = (short)slot.Source,
    });
}
