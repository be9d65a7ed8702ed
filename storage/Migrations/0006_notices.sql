-- What people and programs are told: transitions of thresholds, mail, webhooks; and what closes a month: statements.

-- A threshold is a limit at a value: a boosted limit is another one, which fires in its own right, and so is a
-- percentage whose base was changed.
alter table threshold_mark
  add column limit_kind smallint,
  add column source smallint;
update threshold_mark m set limit_kind = u.kind, source = u.source from usage_limit u where u.id = m.limit_id;
delete from threshold_mark where limit_kind is null;
alter table threshold_mark
  alter column limit_kind set not null,
  alter column source set not null,
  drop constraint threshold_mark_pkey,
  add primary key (limit_id, value, period),
  drop constraint threshold_mark_mark_check,
  -- 1 quiet, 2 fired, 3 resolved
  add constraint threshold_mark_mark_check check (mark between 1 and 3);

-- Few have fired and are not over: those of the running periods.
create index threshold_mark_fired on threshold_mark (scope_kind, scope_id) where mark = 2;

alter table threshold_armed add column value bigint;
update threshold_armed a set value = coalesce(u.value, ceil(b.value * u.percent / 100)::bigint)
from usage_limit u
left join usage_limit b on u.percent is not null and b.kind = 0 and b.scope_kind = u.scope_kind
  and b.scope_id = u.scope_id and b.metric = u.metric and b.period = u.period and b.source = u.source
where u.id = a.limit_id;
delete from threshold_armed where value is null;
alter table threshold_armed
  alter column value set not null,
  drop constraint threshold_armed_pkey,
  add primary key (limit_id, value);

-- Whose a scope is. Null for one that nobody ever had.
create function tenant_of(scope_kind smallint, scope_id bigint) returns bigint language sql stable as $$
  select case scope_kind
    when 0 then scope_id
    when 1 then (select tenant_id from project where id = scope_id)
    when 2 then (select tenant_id from seat where id = scope_id)
    when 3 then (select tenant_id from api_key where id = scope_id)
  end
$$;

-- What happened to a threshold. Written by the authority in the transaction of the mark that says so, and at the end of
-- a period by the job that closes it; at most once each, by construction. Whoever finds a row without told_at writes
-- the mails and webhook deliveries that follow from it, and sets it, in one transaction.
create table transition (
  id bigint generated always as identity primary key,
  tenant_id bigint not null,
  -- 0 usage reached it, 1 it refused a request, 2 resolved
  kind smallint not null check (kind between 0 and 2),
  limit_id bigint not null,
  -- As in usage_limit, whose row may be gone by now.
  limit_kind smallint not null check (limit_kind between 0 and 1),
  source smallint not null check (source between 0 and 4),
  value bigint not null,
  scope_kind smallint not null,
  scope_id bigint not null,
  metric smallint not null,
  period integer not null,
  used bigint not null,
  refused bigint not null,
  at timestamptz not null,
  -- Those set on the limit.
  recipients text[] not null default '{}',
  told_at timestamptz
);
create unique index transition_once on transition (limit_id, value, period, (kind = 2));
create index transition_untold on transition (id) where told_at is null;
create index transition_of_tenant on transition (tenant_id, at, id);

-- A mail goes to several people at once. Who of them has it stands in mail_delivery.
alter table mail
  add column recipients text[],
  add column transition_id bigint references transition,
  -- When the last attempt began.
  add column tried_at timestamptz,
  -- Rises when somebody has it sent again: every recipient is settled anew.
  add column sending integer not null default 1,
  add column resent_at timestamptz;
update mail set recipients = array[recipient];
alter table mail
  alter column recipients set not null,
  add constraint mail_has_recipients check (cardinality(recipients) > 0),
  drop column recipient;
-- How long the oldest mail has waited is asked every second.
create index mail_waiting on mail ((coalesce(resent_at, created_at))) where state = 0;
create index mail_by_state on mail (state, created_at, id);
create index mail_of_transition on mail (transition_id) where transition_id is not null;

-- The delivery log: one row for each recipient that the server took or refused, and one without a recipient for each
-- attempt that failed as a whole.
create table mail_delivery (
  id bigint generated always as identity primary key,
  mail_id bigint not null references mail,
  sending integer not null default 1,
  attempt integer not null,
  recipient text,
  -- 0 accepted, 1 put off, 2 refused for good
  outcome smallint not null check (outcome between 0 and 2),
  -- What the server said, or what went wrong on the way to it.
  detail text,
  at timestamptz not null
);
create index mail_delivery_of_mail on mail_delivery (mail_id);
create unique index mail_delivery_accepted_once on mail_delivery (mail_id, sending, recipient) where outcome = 0;

create table webhook (
  id bigint primary key check (id > 0),
  tenant_id bigint not null references tenant,
  url text not null,
  -- limit.warning, limit.blocked, …
  events text[] not null check (cardinality(events) > 0),
  -- Sealed: it signs every delivery, so it has to be read again.
  secret bytea not null,
  -- The one before, which signs too for a while after it was replaced, so that receivers can change over.
  previous_secret bytea,
  previous_until timestamptz,
  created_by text not null,
  created_at timestamptz not null,
  -- Failed deliveries in a row, and since when there has been no other.
  failures integer not null default 0,
  failing_since timestamptz,
  -- Nothing more is sent there until it is switched on again.
  disabled_at timestamptz,
  -- gone, failing, switched-off
  disabled_because text,
  deleted_at timestamptz,
  constraint webhook_rotation_is_whole check ((previous_secret is null) = (previous_until is null)),
  constraint webhook_disabled_for_a_reason check ((disabled_at is null) = (disabled_because is null))
);
create index webhook_of_tenant on webhook (tenant_id, created_at, id) where deleted_at is null;
create unique index webhook_once_per_address on webhook (tenant_id, url) where deleted_at is null;

create table webhook_delivery (
  id bigint primary key check (id > 0),
  webhook_id bigint not null references webhook,
  transition_id bigint references transition,
  event text not null,
  -- The same for every attempt, and what receivers know repeats by (webhook-id).
  message_id text not null,
  body text not null,
  -- 0 waiting, 1 delivered, 2 dead, 3 cancelled
  state smallint not null default 0 check (state between 0 and 3),
  -- Those that have ended.
  attempts integer not null default 0,
  -- When the next attempt begins. Whoever makes it first moves this ahead: the time that it has for it, after which
  -- another one tries.
  due_at timestamptz not null,
  created_at timestamptz not null,
  tried_at timestamptz,
  delivered_at timestamptz,
  last_status integer,
  last_error text,
  unique (webhook_id, message_id)
);
-- By webhook, so that one with a long queue can be passed over in one step.
create index webhook_delivery_due on webhook_delivery (webhook_id, due_at, id) where state = 0;
create index webhook_delivery_by_creation on webhook_delivery (webhook_id, created_at, id);

-- Wakes whoever drains: the payload names the table.
create function wake_outbox() returns trigger language plpgsql as $$
begin
  if exists (select from added) then
    perform pg_notify('sluice_outbox', tg_table_name);
  end if;
  return null;
end $$;
create trigger transition_wakes after insert on transition
  referencing new table as added for each statement execute function wake_outbox();
create trigger mail_wakes after insert on mail
  referencing new table as added for each statement execute function wake_outbox();
create trigger webhook_delivery_wakes after insert on webhook_delivery
  referencing new table as added for each statement execute function wake_outbox();

-- The last run of each job, whichever node it ran on.
create table job_run (
  name text primary key,
  node text not null,
  started_at timestamptz not null,
  ended_at timestamptz,
  succeeded_at timestamptz,
  -- Of the last run, where it failed.
  error text,
  -- What the last run that ended well did: mails sent, seats expired, …
  done bigint not null default 0,
  runs bigint not null default 0,
  failures bigint not null default 0
);

-- Analytics go by the event's own time, statements by the month of admission: usage sums are kept by both.
alter table usage_rollup add column month integer not null default 0;
update usage_rollup r set month =
  extract(year from r.bucket at time zone t.time_zone)::integer * 100
  + extract(month from r.bucket at time zone t.time_zone)::integer
from tenant t where t.id = r.tenant_id;
alter table usage_rollup
  alter column month drop default,
  drop constraint usage_rollup_pkey,
  add primary key (tenant_id, bucket, key_id, member, model, metric, month);
create index usage_rollup_of_month on usage_rollup (tenant_id, month);

-- What a tenant used in a month, once and for all. Usage of a month that is found only after it was closed stands in
-- the next statement, as usage of that earlier month; so the statements always add up to the ledger.
create table statement (
  tenant_id bigint not null references tenant,
  period integer not null,
  tenant_name text not null,
  time_zone text not null,
  currency text not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  closed_at timestamptz not null,
  primary key (tenant_id, period)
);

create table statement_line (
  tenant_id bigint not null,
  period integer not null,
  -- The month that the usage was admitted in: the period, or an earlier one.
  usage_period integer not null,
  -- 0 personal key, 1 project, 2 seat
  holder_kind smallint not null check (holder_kind between 0 and 2),
  -- The project or the seat, or the member who holds the personal key.
  holder_id bigint not null,
  -- Its name on the day of the statement.
  holder_name text not null,
  key_id bigint not null,
  key_name text not null,
  member text not null,
  model text not null,
  metric smallint not null,
  value bigint not null,
  unpriced bigint not null,
  primary key (tenant_id, period, usage_period, key_id, member, model, metric),
  foreign key (tenant_id, period) references statement
);

create function statement_stays() returns trigger language plpgsql as $$
begin
  raise exception 'a statement is never changed';
end $$;
create trigger statement_stays before update or delete or truncate on statement
  for each statement execute function statement_stays();
create trigger statement_line_stays before update or delete or truncate on statement_line
  for each statement execute function statement_stays();
do $$ begin
  execute format('revoke update, delete, truncate on statement_line from %I', current_user);
  -- Lines lock the row that they belong to, which takes the right to update it; the trigger keeps it as it is.
  execute format('revoke delete, truncate on statement from %I', current_user);
end $$;
