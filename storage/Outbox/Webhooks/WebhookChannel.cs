using Npgsql;
using NpgsqlTypes;
using Sluice.Storage.Columns;
using Sluice.Storage.Control.Metrics;
using Sluice.Storage.Outbox.ThresholdEvents;

namespace Sluice.Storage.Outbox.Webhooks;

/// <summary>
/// Queues webhook deliveries inside the transaction that records the event: one for each webhook of the tenant that is
/// enabled and subscribed. Doing so again adds nothing.
/// </summary>
public sealed class WebhookChannel(MetricStore metrics) : INoticeChannel
{
    public async Task WriteAsync(
        NpgsqlConnection connection, IReadOnlyList<ThresholdEventRow> rows, DateTimeOffset now, CancellationToken ct)
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

    /// <summary>Queues messages of any kind.</summary>
    /// <param name="db">A connection inside the transaction of the event.</param>
    /// <param name="messages">The messages.</param>
    /// <param name="now">The instant from which they are due.</param>
    /// <param name="ct">Cancels the statement.</param>
    public static async Task QueueAsync(
        NpgsqlConnection db, IReadOnlyList<WebhookMessage> messages, DateTimeOffset now, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(messages);
        // Ids are generated in the statement, because only it knows how many are needed.
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
        insert.Parameters.Add(Column.Of(NpgsqlDbType.Bigint, messages, static m => m.ThresholdEventId));
        insert.Parameters.Add(Column.Of(NpgsqlDbType.Text, messages, static m => m.Body));
        insert.Parameters.AddWithValue(now.UtcDateTime);
        await insert.ExecuteNonQueryAsync(ct);
    }
}
