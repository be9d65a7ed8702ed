using Npgsql;
using Sluice.Storage.Control;

namespace Sluice.Storage.Outbox.Mail;

/// <summary>The outbox as seen by the senders, which run on many nodes at once.</summary>
public sealed class MailQueue(NpgsqlDataSource source, TimeProvider time)
{
    /// <summary>Maximum length of a stored server response.</summary>
    private const int DetailMax = 500;

    /// <summary>Upper bound of any delay before another attempt.</summary>
    private static readonly TimeSpan FarthestDue = TimeSpan.FromMinutes(35);

    /// <summary>
    /// Claims mails that are due, longest waiting first. They belong to this node until the lease ends; a mail without
    /// a recorded result by then is due again on any node, and may be sent twice, with the same <c>Message-ID</c>.
    /// </summary>
    public async Task<IReadOnlyList<OutgoingMail>> ClaimAsync(int limit, TimeSpan lease, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        var now = time.GetUtcNow();
        // One statement is one short transaction: no rows are locked while a mail server is contacted.
        return await db.ListAsync<OutgoingMail>(
            """
            with due as (
              -- Nothing is ever due later than that, unless the clock was put back.
              select id from mail where state = 0 and (due_at <= @now or due_at > @Farthest)
              order by due_at, id limit @limit
              for update skip locked
            )
            update mail m set due_at = @until, tried_at = @now
            from due, tenant t
            where m.id = due.id and t.id = m.tenant_id
            returning m.id, m.kind, m.language, m.model::text as Model, m.sealed, m.message_id as MessageId,
              m.attempts, m.sending, coalesce(m.resent_at, m.created_at) as WaitingSince,
              t.time_zone as TimeZone,
              array(select r.recipient from unnest(m.recipients) with ordinality as r (recipient, place)
                    where not exists (select from mail_delivery d where d.mail_id = m.id and d.sending = m.sending
                                        and d.recipient = r.recipient and d.outcome <> 1)
                    order by r.place) as Pending,
              exists (select from mail_delivery d where d.mail_id = m.id and d.sending = m.sending and d.outcome = 0)
                as IsAccepted
            """,
            new { now, limit, until = now + lease, Farthest = now + FarthestDue },
            ct);
    }

    /// <summary>Makes claimed mails due at once, as if they had never been claimed.</summary>
    public async Task GiveBackAsync(IReadOnlyCollection<long> ids, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        await db.RunAsync(
            "update mail set due_at = @Now where id = any(@ids) and state = 0",
            new { ids = ids.ToArray(), Now = time.GetUtcNow() },
            ct);
    }

    /// <summary>Records the result of sending a claimed mail. Deletes a secret that is no longer needed.</summary>
    public async Task RecordAsync(MailAttempt attempt, CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        await using var tx = await db.BeginTransactionAsync(ct);
        await LogAsync(db, attempt, ct);
        // A mail that has been cancelled since stays cancelled, and one to be sent again belongs to its next sending.
        await db.RunAsync(
            """
            update mail
            set state = @State, attempts = @Attempts, due_at = @DueAt, last_error = @Error,
                sent_at = case when @State = 1 then @Now end,
                sealed = case when @State = 1 then null else sealed end
            where id = @Id and state = 0 and sending = @Sending
            """,
            new
            {
                attempt.Mail.Id,
                attempt.Mail.Sending,
                State = (short)attempt.State,
                attempt.Attempts,
                attempt.DueAt,
                Error = Cut(attempt.Error),
                Now = time.GetUtcNow(),
            },
            ct);
        await tx.CommitAsync(ct);
    }

    /// <summary>Gets since when the longest-waiting mail has been waiting; null if none waits.</summary>
    public async Task<DateTimeOffset?> OldestAsync(CancellationToken ct)
    {
        await using var db = await source.OpenConnectionAsync(ct);
        return await db.FindAsync<DateTimeOffset?>(
            "select coalesce(resent_at, created_at) from mail where state = 0 order by 1 limit 1", null, ct);
    }

    private async Task LogAsync(NpgsqlConnection db, MailAttempt attempt, CancellationToken ct)
    {
        await db.RunAsync(
            """
            insert into mail_delivery (mail_id, sending, attempt, recipient, outcome, detail, at)
            select @Id, @Sending, @Attempt, r.recipient, r.outcome, r.detail, @Now
            from unnest(@recipients, @outcomes, @details) as r (recipient, outcome, detail)
            on conflict (mail_id, sending, recipient) where outcome = 0 do nothing;
            -- An outage is told once, not with every attempt that it takes.
            insert into mail_delivery (mail_id, sending, attempt, recipient, outcome, detail, at)
            select @Id, @Sending, @Attempt, null, 1, @Failure, @Now
            where @Failure::text is not null and not exists (
              select from mail_delivery
              where mail_id = @Id and sending = @Sending and recipient is null and detail = @Failure)
            """,
            new
            {
                attempt.Mail.Id,
                attempt.Mail.Sending,
                Attempt = attempt.Mail.Attempts + 1,
                recipients = attempt.Deliveries.Select(static delivery => delivery.Recipient).ToArray(),
                outcomes = attempt.Deliveries.Select(static delivery => (short)delivery.Outcome).ToArray(),
                details = attempt.Deliveries.Select(static delivery => Cut(delivery.Detail)).ToArray(),
                Failure = Cut(attempt.Failure),
                Now = time.GetUtcNow(),
            },
            ct);
    }

    /// <summary>Truncates a text and removes U+0000, which a server may send but the store does not accept.</summary>
    private static string? Cut(string? text) => text is null
        ? null
        : (text.Length > DetailMax ? text[..DetailMax] : text).Replace('\0', ' ');
}
