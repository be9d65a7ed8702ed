using Npgsql;
using Sluice.Storage.Control;

namespace Sluice.Storage.Outbox.ThresholdEvents;

/// <summary>Dispatches threshold events to the channels.</summary>
public sealed class ThresholdEventStore(
    NpgsqlDataSource source, IEnumerable<INoticeChannel> channels, TimeProvider time)
{
    /// <summary>Maximum events per transaction: enough to be fast, few enough to hold their rows briefly.</summary>
    public const int BatchMax = 500;

    private readonly INoticeChannel[] _channels = [.. channels];

    /// <summary>
    /// Dispatches the next events that are not dispatched yet, each exactly once, even if other nodes do the same.
    /// </summary>
    /// <returns>The number of events; 0 if none is left, or other nodes are dispatching the rest.</returns>
    public async Task<int> TellAsync(CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        await using var tx = await db.BeginTransactionAsync(ct);
        var rows = await db.ListAsync<ThresholdEventRow>(
            """
            select id, tenant_id as TenantId, kind, limit_id as LimitId, limit_kind as LimitKind, source,
                   value as ValueUnits, scope_kind as ScopeKind, scope_id as ScopeId, metric, period,
                   used as UsedUnits, refused as RefusedUnits, at, recipients
            from transition where told_at is null
            order by id limit @BatchMax
            for no key update skip locked
            """,
            new { BatchMax },
            ct);
        if (rows.Count == 0)
            return 0;

        var now = time.GetUtcNow();
        foreach (var channel in _channels)
            await channel.WriteAsync(db, rows, now, ct);
        await db.RunAsync(
            "update transition set told_at = @now where id = any(@ids)",
            new { now, ids = rows.Select(static row => row.Id).ToArray() },
            ct);
        await tx.CommitAsync(ct);
        return rows.Count;
    }
}
