-- What usage_rollup holds by quarters of an hour, by days of the tenant's zone: a month of a tenant with 10,000 keys is
-- one stretch of its index. Both are written in the same transaction.
create table usage_day (
  tenant_id bigint not null,
  metric smallint not null,
  day date not null,
  key_id bigint not null,
  member text not null,
  model text not null,
  -- The month of admission, as in usage_rollup.
  month integer not null,
  project_id bigint not null,
  seat_id bigint not null,
  value bigint not null,
  unpriced bigint not null,
  primary key (tenant_id, metric, day, key_id, member, model, month)
) with (fillfactor = 80);
create index usage_day_of_month on usage_day (tenant_id, month);

-- The first day of which usage_day has all usage. Tenants that are older than the table, or change their zone, read
-- earlier days from usage_rollup. A sum that is being written may still be of the day before, or of the next one in
-- another zone.
alter table tenant add column day_sums_from date not null default '0001-01-01';
update tenant set day_sums_from = (now() at time zone 'UTC')::date + 3;
