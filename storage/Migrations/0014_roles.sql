-- The service's role owns nothing and has no right to create or drop, so that it can't rewrite history. The functions
-- below do what it needs of that, with the rights of the owner, who runs the migrations. Their checks are the
-- database's: whatever the caller sends, a partition that is to be kept stays.

-- How many days the ledger keeps events after the end of their generation. One row, which only the owner may change.
create table ledger_retention (
  only_row boolean primary key default true check (only_row),
  days integer not null default 400 check (days between 64 and 36500)
);
insert into ledger_retention default values;

-- Creates the partition of a generation if there is none. It is created separately and then attached, because attaching
-- does not lock out writers of the others. Everybody's rights on it are those on the ledger.
create function create_ledger_generation(number integer) returns void language plpgsql security definer as $$
declare
  -- A number in front of fixed text: safe inside SQL.
  partition text := 'ledger_g' || number;
  given record;
begin
  -- Up to the year 10000.
  if number is null or number < 0 or number > 92000 then
    raise exception 'there is no generation % of the ledger', number using errcode = 'invalid_parameter_value';
  end if;
  -- The number of the lock is arbitrary, but the same everywhere.
  perform pg_advisory_xact_lock(347922656846);
  if to_regclass(partition) is not null then
    return;
  end if;
  execute format('create table %I (like ledger including defaults including constraints)', partition);
  execute format('create unique index %I on %I (id)', partition || '_id', partition);
  execute format(
    'create index %I on %I using brin (session_id, batch) with (autosummarize = on)', partition || '_tail', partition);
  for given in
    select a.privilege_type as privilege, a.grantee::regrole as role
    from pg_class c cross join lateral aclexplode(c.relacl) a
    where c.oid = 'ledger'::regclass and a.grantee not in (0, c.relowner) and a.privilege_type in ('SELECT', 'INSERT')
  loop
    execute format('grant %s on %I to %s', given.privilege, partition, given.role);
  end loop;
  execute format('alter table ledger attach partition %I for values in (%s)', partition, number);
end $$;

-- Until when a generation is kept, at least. It is 32 days, counted from 1970.
create function ledger_generation_kept_until(number integer) returns timestamptz language sql stable as $$
  select to_timestamp((number::bigint + 1) * 32 * 86400 + days * 86400) from ledger_retention
$$;

-- Drops the partition of a generation whose time is over by the clock of the database. Those two in which ids are
-- looked up are always younger. Detaching locks writers out for an instant; the caller limits how long it waits.
create function drop_ledger_generation(number integer) returns void language plpgsql security definer as $$
declare
  partition text := 'ledger_g' || number;
  kept_until timestamptz := ledger_generation_kept_until(number);
begin
  -- Also if either is null.
  if (kept_until <= clock_timestamp()) is not true then
    raise exception 'generation % of the ledger is kept until %', number, kept_until
      using errcode = 'insufficient_privilege';
  end if;
  execute format('alter table ledger detach partition %I', partition);
  execute format('drop table %I', partition);
end $$;

-- Their own path, whatever the caller's: nothing that a caller makes may be found in the place of what is meant.
-- pg_catalog comes first where it is not named; named first, it is where tables would be created.
do $$
declare
  name text;
begin
  foreach name in array array['create_ledger_generation(integer)', 'drop_ledger_generation(integer)'] loop
    execute format('alter function %s set search_path = %I, pg_temp', name, current_schema());
    execute format('revoke execute on function %s from public', name);
  end loop;
end $$;
