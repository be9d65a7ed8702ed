using Npgsql;
using Sluice.Metering.Identity;
using Sluice.Storage.Control;
using Sluice.Storage.Control.Tenants;

namespace Sluice.Storage.Outbox.Webhooks;

/// <summary>Stores the webhooks of tenants and the log of their deliveries.</summary>
public sealed class WebhookStore(NpgsqlDataSource source)
{
    private static readonly Error NotFound = new Error.NotFound("webhook");

    public async Task<Result<Page<Webhook>>> ListAsync(long tenantId, PageRequest page, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        if (await TenantRows.FindLivingAsync(db, tenantId, ct) is null)
            return new Error.NotFound("tenant");
        var rows = await db.ListAsync<Webhook>(
            $"""
            {WebhookRows.Select}
            where w.tenant_id = @tenantId and w.deleted_at is null
              and (@After::bigint is null
                   or (w.created_at, w.id) > (select c.created_at, c.id from webhook c where c.id = @After))
            order by w.created_at, w.id limit @Limit + 1
            """,
            new { tenantId, page.After, page.Limit },
            ct);
        return Page<Webhook>.Of(rows, page.Limit);
    }

    public async Task<Webhook?> FindAsync(long tenantId, long webhookId, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        return await FindAsync(db, tenantId, webhookId, ct);
    }

    /// <summary>Reads a webhook and locks it until the action ends.</summary>
    public Task<Webhook?> LockAsync(UnitOfWork tx, long tenantId, long webhookId, CancellationToken ct) =>
        WebhookRows.LockAsync(tx, tenantId, webhookId, ct);

    /// <summary>Creates a webhook. Refused if the tenant has too many, or one with the same address.</summary>
    public async Task<Result<Webhook>> CreateAsync(
        UnitOfWork tx, long tenantId, NewWebhook webhook, CancellationToken ct)
    {
        if (await TenantRows.LockLivingAsync(tx, tenantId, ct) is null)
            return new Error.NotFound("tenant");
        var open = await tx.OpenAsync(ct);
        var count = await open.FindAsync<long>(
            "select count(*) from webhook where tenant_id = @tenantId and deleted_at is null", new { tenantId }, ct);
        if (count >= WebhookBounds.PerTenantMax)
        {
            return new Error.RulesBroken(
                "url", "too-many", $"A tenant has at most {WebhookBounds.PerTenantMax} webhooks.");
        }

        var created = new Webhook
        {
            Id = webhook.Id,
            TenantId = tenantId,
            Url = webhook.Url,
            Events = [.. webhook.Events],
            CreatedBy = tx.Origin.Actor,
            CreatedAt = tx.Now,
        };
        return await Constraints.GuardAsync<Webhook>(
            tx,
            new { TenantId = tenantId, webhook.Url },
            async db =>
            {
                await db.RunAsync(
                    """
                    insert into webhook (id, tenant_id, url, events, secret, created_by, created_at)
                    values (@Id, @TenantId, @Url, @Events, @SealedSecret, @CreatedBy, @CreatedAt)
                    """,
                    new
                    {
                        created.Id,
                        created.TenantId,
                        created.Url,
                        created.Events,
                        webhook.SealedSecret,
                        created.CreatedBy,
                        created.CreatedAt,
                    },
                    ct);
                await WebhookRows.AuditAsync(tx, "webhook.created", null, created, ct);
                return created;
            },
            ct);
    }

    /// <summary>Changes a webhook. Disabling it also cancels its pending deliveries.</summary>
    public async Task<Result<Webhook>> ChangeAsync(
        UnitOfWork tx, long tenantId, long webhookId, WebhookChange change, CancellationToken ct)
    {
        if (await WebhookRows.LockAsync(tx, tenantId, webhookId, ct) is not { } before)
            return NotFound;
        var after = Changed(before, change, tx.Now);
        // A repeated change leaves no second audit entry.
        if (after.Url == before.Url && after.Events.SequenceEqual(before.Events)
            && after.DisabledAt == before.DisabledAt)
        {
            return before;
        }

        return await Constraints.GuardAsync<Webhook>(
            tx,
            new { TenantId = tenantId, after.Url },
            async db =>
            {
                await db.RunAsync(
                    """
                    update webhook
                    set url = @Url, events = @Events, failures = @Failures, failing_since = @FailingSince,
                        disabled_at = @DisabledAt, disabled_because = @DisabledBecause
                    where id = @Id
                    """,
                    new
                    {
                        after.Id,
                        after.Url,
                        after.Events,
                        after.Failures,
                        after.FailingSince,
                        after.DisabledAt,
                        after.DisabledBecause,
                    },
                    ct);
                if (after.DisabledAt is not null)
                    await WebhookRows.CancelAsync(db, webhookId, ct);
                await WebhookRows.AuditAsync(tx, "webhook.changed", before, after, ct);
                return after;
            },
            ct);
    }

    /// <summary>Replaces the secret; the previous one also signs until an instant.</summary>
    public async Task<Result<Webhook>> RotateSecretAsync(
        UnitOfWork tx,
        long tenantId,
        long webhookId,
        byte[] sealedSecret,
        DateTimeOffset previousUntil,
        CancellationToken ct)
    {
        if (await WebhookRows.LockAsync(tx, tenantId, webhookId, ct) is not { } before)
            return NotFound;
        var db = await tx.OpenAsync(ct);
        await db.RunAsync(
            """
            update webhook set previous_secret = secret, previous_until = @previousUntil, secret = @sealedSecret
            where id = @webhookId
            """,
            new { webhookId, sealedSecret, previousUntil },
            ct);
        var after = before with { PreviousUntil = previousUntil };
        await WebhookRows.AuditAsync(tx, "webhook.secret-rotated", before, after, ct);
        return after;
    }

    /// <summary>
    /// Deletes a webhook and cancels its pending deliveries; one being sent at this moment may still arrive.
    /// </summary>
    public async Task<Result<Webhook>> DeleteAsync(
        UnitOfWork tx, long tenantId, long webhookId, CancellationToken ct)
    {
        if (await WebhookRows.LockAsync(tx, tenantId, webhookId, ct) is not { } before)
            return NotFound;
        var db = await tx.OpenAsync(ct);
        await db.RunAsync("update webhook set deleted_at = @Now where id = @webhookId", new { webhookId, tx.Now }, ct);
        await WebhookRows.CancelAsync(db, webhookId, ct);
        await WebhookRows.AuditAsync(tx, "webhook.deleted", before, null, ct);
        return before;
    }

    /// <summary>
    /// Queues a test delivery, which is tried once. Refused if the webhook is disabled or another test is pending.
    /// </summary>
    public async Task<Result<WebhookDelivery>> TestAsync(
        UnitOfWork tx, long tenantId, long webhookId, CancellationToken ct)
    {
        if (await WebhookRows.LockAsync(tx, tenantId, webhookId, ct) is not { } webhook)
            return NotFound;
        var id = IdText.Format(IdText.Webhook, webhookId);
        if (webhook.DisabledAt is not null)
            return new Error.Conflict($"The webhook {id} is disabled; enable it first.", id);
        var db = await tx.OpenAsync(ct);
        var waiting = await db.FindAsync<long?>(
            "select id from webhook_delivery where webhook_id = @webhookId and event = @Test and state = 0 limit 1",
            new { webhookId, WebhookEvents.Test },
            ct);
        if (waiting is { } other)
        {
            var name = IdText.Format(IdText.WebhookDelivery, other);
            return new Error.Conflict($"A test is under way already: {name}.", name);
        }

        var delivery = NewTest(tx.Now);
        await db.RunAsync(
            """
            insert into webhook_delivery (id, webhook_id, event, message_id, body, due_at, created_at)
            values (@Id, @webhookId, @Event, @MessageId, @body, @Now, @Now)
            """,
            new { delivery.Id, webhookId, delivery.Event, delivery.MessageId, body = TestBody(webhook, tx), tx.Now },
            ct);
        await WebhookRows.AuditAsync(tx, "webhook.tested", webhook, webhook, ct);
        return delivery;
    }

    /// <summary>Lists the deliveries of a webhook, newest first.</summary>
    public async Task<Result<Page<WebhookDelivery>>> ListDeliveriesAsync(
        long tenantId, long webhookId, PageRequest page, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        if (await FindAsync(db, tenantId, webhookId, ct) is null)
            return NotFound;
        var rows = await db.ListAsync<WebhookDelivery>(
            $"""
            {WebhookRows.SelectDelivery}
            where d.webhook_id = @webhookId
              and (@After::bigint is null
                   or (d.created_at, d.id) < (select c.created_at, c.id from webhook_delivery c where c.id = @After))
            order by d.created_at desc, d.id desc limit @Limit + 1
            """,
            new { webhookId, page.After, page.Limit },
            ct);
        return Page<WebhookDelivery>.Of(rows, page.Limit);
    }

    private static Task<Webhook?> FindAsync(NpgsqlConnection db, long tenantId, long webhookId, CancellationToken ct) =>
        db.FindAsync<Webhook>(
            $"{WebhookRows.Select} where w.id = @webhookId and w.tenant_id = @tenantId and w.deleted_at is null",
            new { tenantId, webhookId },
            ct);

    private static Webhook Changed(Webhook before, WebhookChange change, DateTimeOffset now)
    {
        var after = before with
        {
            Url = change.Url ?? before.Url,
            Events = change.Events?.ToArray() ?? before.Events,
        };
        // Failures at the old address say nothing about the new one.
        if (after.Url != before.Url)
            after = after with { Failures = 0, FailingSince = null };
        return change.Enabled switch
        {
            true when before.DisabledAt is not null => after with
            {
                DisabledAt = null,
                DisabledBecause = null,
                Failures = 0,
                FailingSince = null,
            },
            false when before.DisabledAt is null => after with
            {
                DisabledAt = now,
                DisabledBecause = WebhookEnds.SwitchedOff,
            },
            _ => after,
        };
    }

    private static WebhookDelivery NewTest(DateTimeOffset now)
    {
        var id = IdText.NewValue();
        return new()
        {
            Id = id,
            Event = WebhookEvents.Test,
            MessageId = $"msg_{IdText.Format(IdText.WebhookDelivery, id)}",
            State = DeliveryState.Waiting,
            Attempts = 0,
            DueAt = now,
            CreatedAt = now,
        };
    }

    private static string TestBody(Webhook webhook, UnitOfWork tx) =>
        WebhookBody.Of(WebhookEvents.Test, tx.Now, json =>
        {
            json.WriteString("tenantId", IdText.Format(IdText.Tenant, webhook.TenantId));
            json.WriteString("webhookId", IdText.Format(IdText.Webhook, webhook.Id));
        });
}
