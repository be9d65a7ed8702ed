-- Settled usage, added up by what analytics group by. Quarter hours of the event's own time, because every time zone in
-- use is a multiple of 15 minutes away from UTC, so days and months of any of them can be built from these rows.
create table usage_rollup (
  tenant_id bigint not null,
  bucket timestamptz not null,
  -- 0 where the key counts in no project, no seat.
  project_id bigint not null default 0,
  seat_id bigint not null default 0,
  key_id bigint not null,
  -- '' where the event named none.
  member text not null default '',
  model text not null default '',
  metric smallint not null,
  -- In the metric's smallest units; unpriced is the part of it that no price was found for.
  value bigint not null,
  unpriced bigint not null default 0,
  primary key (tenant_id, bucket, key_id, member, model, metric)
);
create index usage_rollup_unpriced on usage_rollup (bucket, tenant_id) where unpriced > 0;
