using Npgsql;
using Sluice.Storage.Control;

namespace Sluice.Storage.Outbox.Webhooks;

/// <summary>
/// The queue of due deliveries. Any number of nodes may claim from it; none gets what another has claimed.
/// </summary>
public sealed class WebhookQueue(NpgsqlDataSource source, TimeProvider time)
{
    /// <summary>
    /// Claims by stepping from webhook to webhook through the index, so that the cost depends on how many have
    /// something to send, not on how much. Skips a row that another node is claiming at this moment.
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

    /// <summary>
    /// Claims deliveries that are due, the oldest of each webhook first, for the duration of a lease.
    /// </summary>
    /// <param name="busy">Webhooks that the caller is still sending to; none of their deliveries are claimed.</param>
    /// <param name="webhooksMax">Maximum number of webhooks to claim from.</param>
    /// <param name="now">The instant that decides what is due.</param>
    /// <param name="ct">Cancels the query.</param>
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

    /// <summary>
    /// Makes deliveries due that were scheduled by a clock that has since been set back: one last tried, or created, in
    /// what is now the future would otherwise wait for that future too.
    /// </summary>
    /// <returns>The number of deliveries.</returns>
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
                // Due sooner than that, it may be claimed and in flight.
                claimed = now + WebhookBounds.Lease,
                ahead = now + WebhookBounds.ClocksApart,
            },
            ct);
    }

    /// <summary>Records the result of an attempt, and disables the webhook if it has now failed too often.</summary>
    /// <returns>The reason this disabled the webhook, one of <see cref="WebhookEnds"/>; null if it did not.</returns>
    public async Task<string?> EndAsync(DueDelivery delivery, DeliveryEnd end, CancellationToken ct)
    {
        await using var tx = new UnitOfWork(source, time);
        var db = await tx.OpenAsync(ct);
        // Lock the webhook's row first, as deleting or disabling it does.
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

    /// <summary>Returns claimed deliveries that were not tried.</summary>
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

    /// <summary>
    /// Records an attempt; returns false if the delivery has been cancelled, or this took so long that another node has
    /// claimed it.
    /// </summary>
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

    /// <summary>
    /// Truncates to whole milliseconds: PostgreSQL keeps fewer digits than the clock has, and stored instants are
    /// compared later.
    /// </summary>
    private static DateTimeOffset WholeMs(DateTimeOffset instant) =>
        DateTimeOffset.FromUnixTimeMilliseconds(instant.ToUnixTimeMilliseconds());
}
