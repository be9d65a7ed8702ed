-- The ledger in blocks: a batch of events is one row, so that an event costs next to nothing; the ids by which repeats
-- are found are a table of their own. docs/ledger-format.md describes a block. The rows of the ledger before stay, are
-- read like blocks, and are dropped with their generations.

-- Nodes of the version before would not find ids in blocks, so their sessions end, and they can't open others.
update edge_session set fenced_at = now() where fenced_at is null;
alter table edge_session
  -- The version of the ledger that the session writes; null where it wrote rows.
  add column format smallint,
  -- The session before of the same node, and the digest of the last block until then: that is what the first block of
  -- this session builds upon.
  add column follows bigint references edge_session,
  add column previous bytea check (length(previous) = 32),
  -- Its last batch that has a block, and the digest of that block.
  add column block bigint not null default 0,
  add column digest bytea check (length(digest) = 32);
alter table edge_session
  add constraint edge_session_writes_blocks check (format is not null or fenced_at is not null);
create index edge_session_of_node on edge_session (node_id, id);

-- The batches of all sessions. A partition is a day (UTC) by the clock of the node that wrote it. Its primary key is
-- that of the partition: session and batch.
create table ledger_block (
  day date not null,
  session_id bigint not null,
  batch bigint not null,
  -- The earliest and the latest admission, Unix milliseconds.
  first_at bigint not null,
  last_at bigint not null,
  events integer not null check (events > 0),
  previous bytea not null check (length(previous) = 32),
  digest bytea not null check (length(digest) = 32),
  body bytea not null,
  -- 16 bits for each tenant, project, seat and key that has an event in it, so that readers can skip it; null for any.
  marks smallint[]
) partition by list (day);
-- A body is packed already, if that pays.
alter table ledger_block alter column body set storage external;

-- The last block that each session has lost with a day that was dropped: there its chain begins now.
create table ledger_cut (
  session_id bigint primary key,
  batch bigint not null,
  digest bytea not null
);

-- Where events are, by their ids. A part is a run of ids (negative) or a day of ids that carry their time (yyyymmdd).
create table event_id (
  part integer not null,
  id uuid not null,
  day date not null,
  session_id bigint not null,
  batch bigint not null,
  -- The number of the event in its block, from 0.
  position integer not null
) partition by list (part);

-- The latest time of an id that was more than a day ahead when it came: it went to a run, not to its day. One row.
create table event_id_future (
  only_row boolean primary key default true check (only_row),
  until_ms bigint not null default 0
);
insert into event_id_future default values;

-- Gives everybody the rights on a table that they have on another one.
create function grant_as(partition regclass, model regclass) returns void language plpgsql as $$
declare
  given record;
begin
  for given in
    select a.privilege_type as privilege, a.grantee::regrole as role
    from pg_class c cross join lateral aclexplode(c.relacl) a
    where c.oid = model and a.grantee not in (0, c.relowner) and a.privilege_type in ('SELECT', 'INSERT')
  loop
    execute format('grant %s on %s to %s', given.privilege, partition, given.role);
  end loop;
end $$;

-- Creates the partition of a day if there is none. It is created separately and then attached, because attaching does
-- not lock out writers of the others.
create function create_ledger_day(of_day date) returns void language plpgsql security definer as $$
declare
  -- Digits behind fixed text: safe inside SQL.
  partition text := 'ledger_block_' || to_char(of_day, 'YYYYMMDD');
begin
  if (of_day between date '2020-01-01' and date '9999-12-30') is not true then
    raise exception 'there is no day % of the ledger', of_day using errcode = 'invalid_parameter_value';
  end if;
  if to_regclass(partition) is not null then
    return;
  end if;
  -- The number of the lock is arbitrary, but the same everywhere. A query sees what was there when the lock was given;
  -- to_regclass may still remember that there was nothing.
  perform pg_advisory_xact_lock(347922656846);
  if exists (select from pg_class where relname = partition and relnamespace = current_schema()::regnamespace) then
    return;
  end if;
  execute format('create table %I (like ledger_block including defaults including constraints including storage,
    primary key (session_id, batch))', partition);
  -- An event whose id was made here is in no index; its id says when it was admitted.
  execute format('create index %I on %I using gist (int8range(first_at, last_at, ''[]''))',
    partition || '_at', partition);
  -- Reports read backwards.
  execute format('create index %I on %I (last_at, session_id, batch)', partition || '_end', partition);
  perform grant_as(partition::regclass, 'ledger_block');
  execute format('alter table ledger_block attach partition %I for values in (%L)', partition, of_day);
end $$;

-- Until when a day is kept, at least.
create function ledger_day_kept_until(of_day date) returns timestamptz language sql stable as $$
  select ((of_day + 1 + days)::timestamp at time zone 'UTC') from ledger_retention
$$;

-- Drops the partition of a day whose time is over by the clock of the database, and keeps the ends of its chains.
create function drop_ledger_day(of_day date) returns void language plpgsql security definer as $$
declare
  partition text := 'ledger_block_' || to_char(of_day, 'YYYYMMDD');
  kept_until timestamptz := ledger_day_kept_until(of_day);
begin
  -- Also if either is null.
  if (kept_until <= clock_timestamp()) is not true then
    raise exception 'day % of the ledger is kept until %', of_day, kept_until using errcode = 'insufficient_privilege';
  end if;
  execute format('alter table ledger_block detach partition %I', partition);
  execute format(
    'insert into ledger_cut (session_id, batch, digest)
     select distinct on (session_id) session_id, batch, digest from %I order by session_id, batch desc
     on conflict (session_id) do update set batch = excluded.batch, digest = excluded.digest
     where ledger_cut.batch < excluded.batch', partition);
  execute format('drop table %I', partition);
end $$;

-- Creates a part of the ids if there is none.
create function create_event_ids(of_part integer) returns void language plpgsql security definer as $$
declare
  partition text := event_ids_name(of_part);
begin
  if to_regclass(partition) is not null then
    return;
  end if;
  perform pg_advisory_xact_lock(347922656846);
  if exists (select from pg_class where relname = partition and relnamespace = current_schema()::regnamespace) then
    return;
  end if;
  execute format('create table %I (like event_id including defaults including constraints, primary key (id))',
    partition);
  perform grant_as(partition::regclass, 'event_id');
  execute format('alter table event_id attach partition %I for values in (%s)', partition, of_part);
end $$;

-- The name of the partition of a part; an error if there can be none.
create function event_ids_name(of_part integer) returns text language plpgsql immutable as $$
begin
  if (of_part between -1000000000 and -1 or of_part between 20200101 and 99991230) is not true then
    raise exception 'there is no part % of the ids', of_part using errcode = 'invalid_parameter_value';
  end if;
  return case when of_part < 0 then 'event_id_r' || -of_part else 'event_id_d' || of_part end;
end $$;

-- Until when a part of the ids is kept, at least: each id is known for 32 days. A run is named after the 32 days,
-- counted from 1970, in which it was written; what is in a day may have been written a day later.
create function event_ids_kept_until(of_part integer) returns timestamptz language sql immutable as $$
  select case
    when of_part < 0 then to_timestamp((2 - of_part::bigint) * 32 * 86400)
    else (to_date(of_part::text, 'YYYYMMDD') + 34)::timestamp at time zone 'UTC' end
$$;

-- Drops a part of the ids.
create function drop_event_ids(of_part integer) returns void language plpgsql security definer as $$
declare
  partition text := event_ids_name(of_part);
  kept_until timestamptz := event_ids_kept_until(of_part);
begin
  if (kept_until <= clock_timestamp()) is not true then
    raise exception 'part % of the ids is kept until %', of_part, kept_until using errcode = 'insufficient_privilege';
  end if;
  execute format('alter table event_id detach partition %I', partition);
  execute format('drop table %I', partition);
end $$;

-- Nothing is written to the ledger before any more, so no generation of it is created.
drop function create_ledger_generation(integer);

-- Their own path, whatever the caller's: nothing that a caller makes may be found in the place of what is meant.
-- pg_catalog comes first where it is not named; named first, it is where tables would be created.
do $$
declare
  name text;
begin
  foreach name in array array['create_ledger_day(date)', 'drop_ledger_day(date)', 'create_event_ids(integer)',
      'drop_event_ids(integer)', 'grant_as(regclass, regclass)'] loop
    execute format('alter function %s set search_path = %I, pg_temp', name, current_schema());
    execute format('revoke execute on function %s from public', name);
  end loop;
end $$;
