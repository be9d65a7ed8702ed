-- Metering: sessions of edges, leases of authorities, the ledger. Written by the program only, in batches, by COPY and
-- sorted upserts. Numbers are the metric's smallest units.

-- One start of one API process. Its row is the fence: every ledger batch updates it, so an update that sets fenced_at
-- waits for the batch in flight, and no batch gets in after it.
create table edge_session (
  id bigint generated always as identity primary key,
  node text not null,
  started_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  -- The last ledger batch that is on disk.
  batch bigint not null default 0,
  -- The batch up to which all accounts and usage sums are on disk; what came after it is in the ledger only.
  checkpoint bigint not null default 0,
  checkpoint_at timestamptz not null default now(),
  fenced_at timestamptz,
  -- Set once the accounts of a fenced session were brought up to date from the ledger.
  settled_at timestamptz
) with (fillfactor = 50);
create index edge_session_living on edge_session (id) where fenced_at is null;
create index edge_session_unsettled on edge_session (id) where settled_at is null;

-- Raised when an authority starts; grants commit only where the epoch still is theirs.
create table authority_epoch (
  scope_kind smallint not null,
  scope_id bigint not null,
  epoch bigint not null,
  primary key (scope_kind, scope_id)
);

-- The newest limit version that every edge was seen to follow.
alter table limit_version add column effective bigint not null default 0;

-- G and R of a session, by the authority. Cumulative: they only rise, so writing twice is the same as once.
create table lease (
  scope_kind smallint not null,
  scope_id bigint not null,
  metric smallint not null,
  period integer not null,
  session_id bigint not null references edge_session,
  granted bigint not null,
  returned bigint not null,
  -- Usage under these rights may have been answered before it was on disk.
  memory boolean not null,
  primary key (scope_kind, scope_id, metric, period, session_id),
  check (returned <= granted)
) with (fillfactor = 70);

-- U and X of a session, by the session's own ledger writer, as of one of its batches.
create table usage_account (
  scope_kind smallint not null,
  scope_id bigint not null,
  metric smallint not null,
  period integer not null,
  session_id bigint not null references edge_session,
  used bigint not null,
  extra bigint not null,
  batch bigint not null,
  primary key (scope_kind, scope_id, metric, period, session_id)
) with (fillfactor = 70);

-- What settled sessions left, folded together when an authority next reads its accounts.
create table settled_usage (
  scope_kind smallint not null,
  scope_id bigint not null,
  metric smallint not null,
  period integer not null,
  used bigint not null,
  -- Rights of dead sessions that may have been used without reaching the ledger: they count against limits.
  burnt bigint not null,
  primary key (scope_kind, scope_id, metric, period)
);

-- A threshold fires at most once per period: the primary key says so.
create table threshold_mark (
  limit_id bigint not null,
  period integer not null,
  scope_kind smallint not null,
  scope_id bigint not null,
  metric smallint not null,
  -- 1 suppressed, 2 fired
  mark smallint not null check (mark between 1 and 2),
  value bigint not null,
  used bigint not null,
  refused bigint not null,
  at timestamptz not null,
  primary key (limit_id, period)
);
create index threshold_mark_of_scope on threshold_mark (scope_kind, scope_id);

-- Thresholds that have had their first look at usage.
create table threshold_armed (
  limit_id bigint primary key,
  scope_kind smallint not null,
  scope_id bigint not null
);
create index threshold_armed_of_scope on threshold_armed (scope_kind, scope_id);

-- Every event, once. A generation is 32 days of admission; its partition has a unique index on the event's id, so an id
-- is looked up in two indexes at most (this generation and the one before), and old generations are dropped whole.
create table ledger (
  generation integer not null,
  -- From the caller's id and key, see the ADR on event ids.
  id uuid not null,
  event_id text not null,
  -- 0 consume, 1 record, 2 reserve (its units are held, not used), 3 commit, 4 release
  kind smallint not null,
  session_id bigint not null,
  batch bigint not null,
  tenant_id bigint not null,
  project_id bigint not null,
  seat_id bigint not null,
  key_id bigint not null,
  member text not null,
  model text not null,
  -- The time that the caller gave; labels analytics.
  at timestamptz not null,
  -- Limits, prices and statements go by this.
  admitted_at timestamptz not null,
  month integer not null,
  day integer not null,
  metrics smallint[] not null,
  units bigint[] not null,
  -- Bit i is set where no price was found for metrics[i].
  unpriced integer not null,
  fingerprint bigint not null,
  expires_at timestamptz
) partition by list (generation);
