-- The labels (models and members) that a tenant has used on a day, UTC: sums are kept by label, so their number is
-- bounded. Days that are over are deleted.
create table usage_label (
  tenant_id bigint not null,
  day date not null,
  label text not null,
  primary key (tenant_id, day, label)
);
create index usage_label_of_day on usage_label (day);

-- From here on the checkpoint of a session is written apart from its batches, with the sums; its accounts are at least
-- as new.
comment on column edge_session.checkpoint is
  'The batch up to which exactly the usage sums, and at least the accounts, are on disk.';
