using Npgsql;
using Sluice.Storage.Control;

namespace Sluice.Storage.Webhooks;

/// <inheritdoc cref="IWebhookQueue"/>
internal sealed class WebhookQueue(NpgsqlDataSource source, TimeProvider time) : IWebhookQueue
{
    /// <summary>
    /// Steps from webhook to webhook through the index, so that what it takes depends on how many have something to
    /// send, not on how much. A row that another one is claiming at this moment is passed over.
    /// </summary>
    private const string Claim =
        """
        with recursive step (webhook_id) as (
          (select webhook_id from webhook_delivery where state = 0 order by webhook_id limit 1)
          union all
          select (select n.webhook_id from webhook_delivery n
                  where n.state = 0 and n.webhook_id > s.webhook_id order by n.webhook_id limit 1)
          from step s where s.webhook_id is not null
        ),
        receiver as (
          select w.id, w.url, w.secret, case when w.previous_until > @now then w.previous_secret end as previous,
                 oldest.due_at
          from step
          join webhook w on w.id = step.webhook_id and w.deleted_at is null and w.disabled_at is null
            and w.id <> all(@busy)
          join tenant t on t.id = w.tenant_id and t.state <> 2
          cross join lateral (
            select d.due_at from webhook_delivery d
            where d.webhook_id = w.id and d.state = 0 and d.due_at <= @now order by d.due_at, d.id limit 1) oldest
          order by oldest.due_at, w.id limit @webhooksMax
        ),
        due as (
          select d.id, r.url, r.secret, r.previous
          from receiver r
          cross join lateral (
            select o.id from webhook_delivery o
            where o.webhook_id = r.id and o.state = 0 and o.due_at <= @now
            order by o.due_at, o.id limit @PerWebhook for update skip locked) d
        )
        update webhook_delivery d set due_at = @until
        from due where d.id = due.id
        returning d.id, d.webhook_id as WebhookId, due.url, due.secret, due.previous as PreviousSecret, d.event,
                  d.message_id as MessageId, d.body, d.created_at as CreatedAt, d.attempts,
                  d.due_at as LeasedUntil
        """;

    public async Task<IReadOnlyList<DueDelivery>> ClaimAsync(
        IReadOnlyCollection<long> busy, int webhooksMax, DateTimeOffset now, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        return await db.ListAsync<DueDelivery>(
            Claim,
            new
            {
                now,
                busy = busy.ToArray(),
                webhooksMax,
                PerWebhook = WebhookBounds.ClaimedPerWebhookMax,
                until = WholeMs(now + WebhookBounds.Lease),
            },
            ct);
    }

    public async Task<int> CatchUpAsync(DateTimeOffset now, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        return await db.RunAsync(
            """
            update webhook_delivery set due_at = @now
            where state = 0 and due_at > @claimed and coalesce(tried_at, created_at) > @ahead
            """,
            new
            {
                now = WholeMs(now),
                // Nearer than that it may be claimed and under way.
                claimed = now + WebhookBounds.Lease,
                ahead = now + WebhookBounds.ClocksApart,
            },
            ct);
    }

    public async Task<string?> EndAsync(DueDelivery delivery, DeliveryEnd end, CancellationToken ct)
    {
        await using var tx = new UnitOfWork(source, time);
        var db = await tx.OpenAsync(ct);
        // The webhook's row first, as whoever deletes or disables it does.
        var before = await db.FindAsync<Webhook>(
            $"{WebhookRows.Select} where w.id = @WebhookId for no key update of w", new { delivery.WebhookId }, ct);
        if (before is null || !await NoteAsync(db, delivery, end, ct))
            return null;
        var after = Judge(before, end);
        if (after != before)
        {
            await db.RunAsync(
                """
                update webhook set failures = @Failures, failing_since = @FailingSince, disabled_at = @DisabledAt,
                                   disabled_because = @DisabledBecause
                where id = @Id
                """,
                new { after.Id, after.Failures, after.FailingSince, after.DisabledAt, after.DisabledBecause },
                ct);
        }

        if (after.DisabledAt is not null)
        {
            await WebhookRows.CancelAsync(db, after.Id, ct);
            await WebhookRows.AuditAsync(tx, "webhook.disabled", before, after, ct);
        }

        await tx.CommitAsync(ct);
        return after.DisabledBecause;
    }

    public async Task ReleaseAsync(IReadOnlyList<DueDelivery> deliveries, DateTimeOffset now, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        await db.RunAsync(
            """
            update webhook_delivery d set due_at = @now
            from unnest(@ids, @leases) l (id, leased_until)
            where d.id = l.id and d.due_at = l.leased_until and d.state = 0
            """,
            new
            {
                now = WholeMs(now),
                ids = deliveries.Select(static d => d.Id).ToArray(),
                leases = deliveries.Select(static d => d.LeasedUntil.UtcDateTime).ToArray(),
            },
            ct);
    }

    /// <summary>False where it was cancelled meanwhile, or is another one's because this took too long.</summary>
    private static async Task<bool> NoteAsync(
        NpgsqlConnection db, DueDelivery delivery, DeliveryEnd end, CancellationToken ct)
    {
        var state = end.IsDelivered ? DeliveryState.Delivered
            : end.RetryAt is null ? DeliveryState.Dead : DeliveryState.Waiting;
        return await db.RunAsync(
            """
            update webhook_delivery
            set state = @state, attempts = attempts + 1, due_at = coalesce(@retryAt, due_at), tried_at = @TriedAt,
                delivered_at = @deliveredAt, last_status = @Status, last_error = @Error
            where id = @Id and state = 0 and due_at = @LeasedUntil
            """,
            new
            {
                delivery.Id,
                delivery.LeasedUntil,
                state = (short)state,
                retryAt = end.RetryAt is { } retry ? WholeMs(retry) : (DateTimeOffset?)null,
                end.TriedAt,
                deliveredAt = end.IsDelivered ? end.EndedAt : (DateTimeOffset?)null,
                end.Status,
                end.Error,
            },
            ct) > 0;
    }

    private static Webhook Judge(Webhook before, DeliveryEnd end)
    {
        if (end.IsDelivered)
            return before with { Failures = 0, FailingSince = null };
        var since = before.FailingSince ?? end.EndedAt;
        var failing = before with { Failures = before.Failures + 1, FailingSince = since };
        var reason = end.IsGone ? WebhookEnds.Gone
            : failing.Failures >= WebhookBounds.FailuresMax || end.EndedAt - since >= WebhookBounds.FailingMax
                ? WebhookEnds.Failing
                : null;
        return reason is null ? failing : failing with { DisabledAt = end.EndedAt, DisabledBecause = reason };
    }

    /// <summary>PostgreSQL keeps fewer digits than the clock has, and what is written is compared with later.</summary>
    private static DateTimeOffset WholeMs(DateTimeOffset instant) =>
        DateTimeOffset.FromUnixTimeMilliseconds(instant.ToUnixTimeMilliseconds());
}
