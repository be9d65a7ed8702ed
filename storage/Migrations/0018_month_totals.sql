-- What usage_day holds, added up as statements show it: by months of admission, holders and models. A month of a tenant
-- with 10,000 keys in 1,000 projects is some thousand rows. A session writes its own rows, so that none waits for
-- another; the settlement of a session moves them to session 0.
create table usage_month (
  tenant_id bigint not null,
  month integer not null,
  session_id bigint not null,
  metric smallint not null,
  project_id bigint not null,
  seat_id bigint not null,
  -- Of personal keys and those of seats; 0 for keys of projects.
  key_id bigint not null,
  model text not null,
  value bigint not null,
  unpriced bigint not null,
  primary key (tenant_id, month, session_id, metric, project_id, seat_id, key_id, model)
) with (fillfactor = 70);
create index usage_month_of_session on usage_month (session_id);

-- What the lines of a statement add up to.
create table statement_total (
  tenant_id bigint not null,
  period integer not null,
  -- The month that the usage was admitted in: the period, or an earlier one.
  usage_period integer not null,
  metric smallint not null,
  value bigint not null,
  unpriced bigint not null,
  primary key (tenant_id, period, usage_period, metric),
  foreign key (tenant_id, period) references statement
);
insert into statement_total
  select tenant_id, period, usage_period, metric, sum(value), sum(unpriced) from statement_line group by 1, 2, 3, 4;
create trigger statement_total_stays before update or delete or truncate on statement_total
  for each statement execute function statement_stays();
do $$ begin
  execute format('revoke update, delete, truncate on statement_total from %I', current_user);
end $$;

-- Totals of months, as sums of days, are whole from this day on: nodes of the version before may still be at work. The
-- same goes for tenants that are created until then; in an empty database there are none of these nodes.
do $$
declare whole date := (now() at time zone 'UTC')::date + 3;
begin
  if exists (select from tenant) then
    update tenant set day_sums_from = greatest(day_sums_from, whole);
    execute format(
      'alter table tenant alter column day_sums_from set default '
      'case when (now() at time zone ''UTC'')::date < %1$L then %1$L::date else date ''0001-01-01'' end', whole);
  end if;
end $$;
