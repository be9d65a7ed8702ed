-- Holds outlive the session that admitted them: when it is settled, each open reservation becomes a row, and in each of
-- its counters the session gets a line. From then on the row is the hold; a batch of any session, or a sweep, ends it.
create table open_hold (
  -- The id of the reservation's entry.
  id            uuid        primary key,
  session_id    bigint      not null references edge_session,
  expires_at    timestamptz not null,
  -- The counters in which it is held, and the units in each; with rights of its session or without.
  scope_kinds   smallint[]  not null,
  scope_ids     bigint[]    not null,
  metrics       smallint[]  not null,
  periods       integer[]   not null,
  rights        bigint[]    not null,
  extra         bigint[]    not null,
  check (cardinality(scope_kinds) between 1 and 192 and cardinality(scope_ids) = cardinality(scope_kinds)
    and cardinality(metrics) = cardinality(scope_kinds) and cardinality(periods) = cardinality(scope_kinds)
    and cardinality(rights) = cardinality(scope_kinds) and cardinality(extra) = cardinality(scope_kinds))
);

create index on open_hold (expires_at);

-- The holds of one settled session in one counter. Open and held only fall, used only rises, and they change together,
-- so that of two readings the one with less held is the later.
create table hold_line (
  scope_kind    smallint    not null,
  scope_id      bigint      not null,
  metric        smallint    not null,
  period        integer     not null,
  session_id    bigint      not null references edge_session,
  open          integer     not null check (open >= 0),
  held          bigint      not null check (held >= 0),
  used          bigint      not null check (used >= 0),
  primary key (scope_kind, scope_id, metric, period, session_id)
);

create index on hold_line (session_id);

-- The first batch that may have a reservation which was still open at the session's last one: a settlement looks for
-- open holds from there.
alter table edge_session add column holds_from bigint not null default 0;
