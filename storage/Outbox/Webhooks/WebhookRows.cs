using System.Collections.Immutable;
using Npgsql;
using Sluice.Metering.Identity;
using Sluice.Storage.Control;
using Sluice.Storage.Control.Audit;
using Sluice.Storage.Control.Tenants;

namespace Sluice.Storage.Outbox.Webhooks;

/// <summary>Reads and writes webhook rows.</summary>
internal static class WebhookRows
{
    public const string Select =
        """
        select w.id, w.tenant_id as TenantId, w.url, w.events, w.previous_until as PreviousUntil,
               w.created_by as CreatedBy, w.created_at as CreatedAt, w.failures, w.failing_since as FailingSince,
               w.disabled_at as DisabledAt, w.disabled_because as DisabledBecause
        from webhook w join tenant t on t.id = w.tenant_id and t.state <> 2
        """;

    public const string SelectDelivery =
        """
        select d.id, d.event, d.message_id as MessageId, d.state, d.attempts, d.due_at as DueAt,
               d.created_at as CreatedAt, d.tried_at as TriedAt, d.delivered_at as DeliveredAt,
               d.last_status as LastStatus, d.last_error as LastError
        from webhook_delivery d
        """;

    /// <summary>
    /// Reads a webhook and locks its row until the action ends; its tenant's row is locked first, as always.
    /// </summary>
    public static async Task<Webhook?> LockAsync(
        UnitOfWork tx, long tenantId, long webhookId, CancellationToken ct)
    {
        if (await TenantRows.LockLivingAsync(tx, tenantId, ct) is null)
            return null;
        var db = await tx.OpenAsync(ct);
        return await db.FindAsync<Webhook>(
            $"""
            {Select}
            where w.id = @webhookId and w.tenant_id = @tenantId and w.deleted_at is null for no key update of w
            """,
            new { tenantId, webhookId },
            ct);
    }

    /// <summary>Cancels pending deliveries.</summary>
    public static Task CancelAsync(NpgsqlConnection db, long webhookId, CancellationToken ct) => db.RunAsync(
        "update webhook_delivery set state = 3 where webhook_id = @webhookId and state = 0", new { webhookId }, ct);

    public static Task AuditAsync(
        UnitOfWork tx, string action, Webhook? before, Webhook? after, CancellationToken ct)
    {
        var webhook = (after ?? before)!;
        return AuditLog.AppendAsync(
            tx,
            new(action, webhook.TenantId, IdText.Format(IdText.Webhook, webhook.Id), StateOf(before), StateOf(after)),
            ct);
    }

    private static object? StateOf(Webhook? webhook) => webhook is null ? null : new
    {
        webhook.Url,
        Events = webhook.Events.ToImmutableArray(),
        Enabled = webhook.DisabledAt is null,
        webhook.DisabledBecause,
    };
}
