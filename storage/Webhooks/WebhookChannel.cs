using Npgsql;
using NpgsqlTypes;
using Sluice.Storage.Columns;
using Sluice.Storage.Metrics;
using Sluice.Storage.Transitions;

namespace Sluice.Storage.Webhooks;

/// <summary>
/// Queues what webhooks are to be told, inside the transaction of whoever notes that it has happened: one delivery for
/// each webhook of the tenant that is enabled and subscribes to it. Doing so again adds nothing.
/// </summary>
public sealed class WebhookChannel(IMetricStore metrics) : INoticeChannel
{
    public async Task WriteAsync(
        NpgsqlConnection connection, IReadOnlyList<TransitionRow> rows, DateTimeOffset now, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Count == 0)
            return;
        var catalogue = await metrics.ReadAsync(ct);
        await QueueAsync(
            connection,
            [
                .. rows.Select(row => new WebhookMessage(
                    row.TenantId, WebhookEvents.Of(row), $"msg_{row.Id}", row.Id, WebhookBody.Of(row, catalogue))),
            ],
            now,
            ct);
    }

    /// <summary>Queues anything.</summary>
    /// <param name="db">A connection inside the transaction that it belongs to.</param>
    /// <param name="messages">What there is to tell.</param>
    /// <param name="now">From when on it is due.</param>
    /// <param name="ct">Cancels it.</param>
    public static async Task QueueAsync(
        NpgsqlConnection db, IReadOnlyList<WebhookMessage> messages, DateTimeOffset now, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(messages);
        // Ids are drawn in the statement, as only it knows how many there will be.
        await using var insert = new NpgsqlCommand(
            """
            insert into webhook_delivery
              (id, webhook_id, transition_id, event, message_id, body, due_at, created_at)
            select greatest(hashtextextended(gen_random_uuid()::text, 0) & 9223372036854775807, 1),
                   w.id, m.transition_id, m.event, m.message_id, m.body, $6, $6
            from unnest($1, $2, $3, $4, $5) m (tenant_id, event, message_id, transition_id, body)
            join tenant t on t.id = m.tenant_id and t.state <> 2
            join webhook w on w.tenant_id = m.tenant_id and w.deleted_at is null and w.disabled_at is null
              and w.events && array[m.event, '*']
            on conflict (webhook_id, message_id) do nothing
            """,
            db);
        insert.Parameters.Add(Column.Of(NpgsqlDbType.Bigint, messages, static m => m.TenantId));
        insert.Parameters.Add(Column.Of(NpgsqlDbType.Text, messages, static m => m.Event));
        insert.Parameters.Add(Column.Of(NpgsqlDbType.Text, messages, static m => m.MessageId));
        insert.Parameters.Add(Column.Of(NpgsqlDbType.Bigint, messages, static m => m.TransitionId));
        insert.Parameters.Add(Column.Of(NpgsqlDbType.Text, messages, static m => m.Body));
        insert.Parameters.AddWithValue(now.UtcDateTime);
        await insert.ExecuteNonQueryAsync(ct);
    }
}
