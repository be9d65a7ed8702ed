using Npgsql;
using Sluice.Metering.Identity;
using Sluice.Metering.Limits;
using Sluice.Storage.Control;
using Sluice.Storage.Outbox.ThresholdEvents;

namespace Sluice.Storage.Outbox.Mail;

/// <summary>
/// Writes the mails that follow from threshold events: one for each threshold that fired, to all its recipients. A
/// resolved threshold sends no mail.
/// </summary>
/// <remarks>
/// The <c>Message-ID</c> is derived from what a threshold fires once for, and is unique: an event that is dispatched
/// twice can't produce a second mail.
/// </remarks>
internal sealed class ThresholdEventMail(MailDomain domain) : INoticeChannel
{
    // Account thresholds go only to the contacts set by the operator. Each address gets one mail, however it is spelled
    // and for however many reasons; the contacts that were set come first.
    private const string Insert =
        """
        with told as (
          select g.mail_id, x.*, t.name as tenant_name, t.time_zone, t.currency,
                 coalesce(c.language, t.language) as language,
                 case x.limit_kind when 1 then 'warning' else 'blocked' end as mail_kind,
                 coalesce(case x.limit_kind when 1 then c.warning_recipients else c.blocked_recipients end,
                          x.recipients) as named,
                 case x.scope_kind when 0 then t.name when 1 then p.name when 3 then k.name end as scope_name,
                 case x.scope_kind when 1 then x.scope_id
                                   when 3 then case when x.recipients = '{}' then k.project_id end end as project,
                 case x.scope_kind when 2 then s.member_id
                                   when 3 then case when x.recipients = '{}' then coalesce(k.member_id, s.member_id) end
                 end as holder,
                 coalesce(m.name, 'metric ' || x.metric) as metric_name, coalesce(m.decimals, 0) as decimals,
                 -- Often both are reached by one request, and so in one commit.
                 exists (
                   select from transition b
                   where b.tenant_id = x.tenant_id and b.scope_kind = x.scope_kind and b.scope_id = x.scope_id
                     and b.limit_kind = 0 and b.kind < 2 and b.at >= x.at - interval '32 days'
                     and not exists (
                       select from transition r
                       where r.limit_id = b.limit_id and r.value = b.value and r.period = b.period and r.kind = 2)
                 ) as is_blocked
          from unnest(@ids, @mailIds) as g (id, mail_id)
          join transition x on x.id = g.id
          join tenant t on t.id = x.tenant_id and t.state <> 2
          left join usage_threshold_contact c on x.source = 2 and c.tenant_id = x.tenant_id
          left join project p on x.scope_kind = 1 and p.id = x.scope_id
          left join api_key k on x.scope_kind = 3 and k.id = x.scope_id
          left join seat s on s.id = case x.scope_kind when 2 then x.scope_id when 3 then k.seat_id end
          left join metric m on m.id = x.metric
        ), candidate as (
          select w.mail_id, n.email, 0 as reason, n.place
          from told w, unnest(w.named) with ordinality as n (email, place)
          union all
          select w.mail_id, m.email, 1, m.role
          from told w join member m on m.tenant_id = w.tenant_id and m.role < 2 and m.removed_at is null
          where w.scope_kind = 0 and w.source in (0, 1)
          union all
          select w.mail_id, m.email, 2, m.id
          from told w join project_member r on r.project_id = w.project and r.role = 0
          join member m on m.id = r.member_id and m.removed_at is null
          union all
          select w.mail_id, m.email, 3, m.id
          from told w join member m on m.id = w.holder and m.removed_at is null
        ), addressed as (
          select mail_id, array_agg(email order by reason, place) as recipients
          from (select distinct on (mail_id, lower(email)) * from candidate where email is not null
                order by mail_id, lower(email), reason, place) once
          group by mail_id
        )
        insert into mail
          (id, tenant_id, kind, recipients, language, model, message_id, due_at, created_at, transition_id)
        select w.mail_id, w.tenant_id, w.mail_kind, a.recipients, w.language,
               jsonb_build_object(
                 'tenant', w.tenant_name, 'timeZone', w.time_zone, 'scope', w.scope_kind, 'scopeId', w.scope_id,
                 'scopeName', w.scope_name, 'metric', w.metric_name, 'decimals', w.decimals, 'currency', w.currency,
                 'source', w.source, 'value', w.value, 'used', w.used,
                 'refused', case when w.kind = 1 then w.refused end, 'period', w.period, 'at', w.at,
                 'isBlocked', w.is_blocked),
               w.mail_kind || '.' || w.limit_id || '.' || w.value || '.' || w.period || '@' || @domain,
               @now, @now, w.id
        from told w join addressed a on a.mail_id = w.mail_id
        on conflict (message_id) do nothing
        """;

    public async Task WriteAsync(
        NpgsqlConnection connection, IReadOnlyList<ThresholdEventRow> rows, DateTimeOffset now, CancellationToken ct)
    {
        var ids = rows.Where(static row => row.Kind != ThresholdEventKind.Resolved)
            .Select(static row => row.Id).ToArray();
        if (ids.Length == 0)
            return;
        var mailIds = new long[ids.Length];
        for (var i = 0; i < mailIds.Length; i++)
            mailIds[i] = IdText.NewValue();
        await connection.RunAsync(Insert, new { ids, mailIds, now, domain = domain.Name }, ct);
    }
}
