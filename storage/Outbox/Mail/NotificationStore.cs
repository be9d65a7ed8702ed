using Npgsql;
using Sluice.Metering.Identity;
using Sluice.Storage.Control;
using Sluice.Storage.Control.Audit;
using Sluice.Storage.Control.Tenants;

namespace Sluice.Storage.Outbox.Mail;

/// <summary>Stores mails as shown to administrators.</summary>
public sealed class NotificationStore(NpgsqlDataSource source)
{
    private const string Select =
        """
        select n.id, n.tenant_id as TenantId, n.kind, n.state, n.language, n.recipients, n.attempts,
               n.last_error as LastError, n.message_id as MessageId, n.sent_at as SentAt, n.created_at as CreatedAt,
               array(select coalesce(
                       (select d.outcome from mail_delivery d
                        where d.mail_id = n.id and d.sending = n.sending and d.recipient = r.recipient
                        order by d.id desc limit 1), -1::smallint)
                     from unnest(n.recipients) with ordinality as r (recipient, place)
                     order by r.place) as Outcomes,
               x.scope_kind as ScopeKind, x.scope_id as ScopeId, m.name as Metric, m.decimals,
               x.value as ThresholdUnits, x.period,
               n.kind = 'invitation' and n.sealed is null as IsSpent
        from mail n join tenant t on t.id = n.tenant_id and t.state <> 2
        left join transition x on x.id = n.transition_id
        left join metric m on m.id = x.metric
        """;

    /// <param name="tenantId">The tenant; null for all.</param>
    /// <param name="state">The state to list; null for all.</param>
    /// <param name="page">The page.</param>
    /// <param name="newestFirst">Whether the newest comes first; otherwise the oldest does.</param>
    /// <param name="ct">Cancels the query.</param>
    public async Task<Result<Page<Notification>>> ListAsync(
        long? tenantId, MailState? state, PageRequest page, bool newestFirst, CancellationToken ct)
    {
        var (behind, direction) = newestFirst ? ("<", "desc") : (">", "asc");
        await using var db = await source.OpenConnectionAsync(ct);
        if (tenantId is { } tenant && await TenantRows.FindLivingAsync(db, tenant, ct) is null)
            return new Error.NotFound("tenant");
        var rows = await db.ListAsync<Notification>(
            $"""
            {Select}
            where (@tenantId::bigint is null or (n.tenant_id = @tenantId and n.kind <> 'quota_requested'))
              and (@State::smallint is null or n.state = @State)
              and (@After::bigint is null
                   or (n.created_at, n.id) {behind} (select c.created_at, c.id from mail c where c.id = @After))
            order by n.created_at {direction}, n.id {direction} limit @Limit + 1
            """,
            new { tenantId, State = (short?)state, page.After, page.Limit },
            ct);
        return Page<Notification>.Of(rows, page.Limit);
    }

    /// <summary>Finds a mail as the action sees it; null if there is none.</summary>
    public async Task<Notification?> FindAsync(UnitOfWork tx, long mailId, CancellationToken ct)
    {
        var db = await tx.OpenAsync(ct);
        return await db.FindAsync<Notification>($"{Select} where n.id = @mailId", new { mailId }, ct);
    }

    /// <summary>
    /// Queues a sent or abandoned mail again, to all its recipients and with the same <c>Message-ID</c>.
    /// Earlier deliveries stay in the log.
    /// </summary>
    public async Task<Result<Notification>> ResendAsync(UnitOfWork tx, long mailId, CancellationToken ct)
    {
        var db = await tx.OpenAsync(ct);
        await db.RunAsync("select from mail where id = @mailId for no key update", new { mailId }, ct);
        if (await FindAsync(tx, mailId, ct) is not { } before)
            return new Error.NotFound("notification");
        if (WhyNot(before) is { } conflict)
            return new Error.Conflict(conflict);
        await db.RunAsync(
            """
            update mail
            set state = 0, due_at = @Now, resent_at = @Now, sending = sending + 1, attempts = 0, sent_at = null,
                last_error = null
            where id = @mailId
            """,
            new { mailId, tx.Now },
            ct);
        var after = (await FindAsync(tx, mailId, ct))!;
        await AuditLog.AppendAsync(
            tx,
            new(
                "notification.resent",
                after.TenantId,
                IdText.Format(IdText.Mail, mailId),
                new { before.State, before.Attempts },
                new { after.State, after.Attempts }),
            ct);
        return after;
    }

    private static string? WhyNot(Notification mail) => mail switch
    {
        { State: MailState.Unsent } => "The mail waits to be sent already.",
        { State: MailState.Cancelled } => "The mail was cancelled, because what it tells of is no longer so.",
        { IsSpent: true } => "The link of the invitation was forgotten when it was sent; resend the invitation itself.",
        _ => null,
    };
}
