-- The control plane: who exists, what they may spend, what it costs. These tables are the truth; nodes hold copies.
-- Ids are random 63-bit numbers made by the program. Times are instants. Nothing that usage refers to is ever deleted:
-- rows are marked, so that history keeps its names.

create table tenant (
  id bigint primary key check (id > 0),
  name text not null,
  billing_account_id text not null,
  time_zone text not null,
  language text not null check (language in ('en', 'fr')),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  -- 0 active, 1 suspended, 2 deleted
  state smallint not null check (state between 0 and 2),
  created_at timestamptz not null,
  changed_at timestamptz not null
);
-- Exactly one tenant per billing account, whatever two operators do at the same time.
create unique index tenant_one_per_billing_account on tenant (billing_account_id) where state <> 2;
create index tenant_by_creation on tenant (created_at, id);

create table project (
  id bigint primary key check (id > 0),
  tenant_id bigint not null references tenant,
  name text not null,
  is_default boolean not null,
  created_at timestamptz not null,
  deleted_at timestamptz,
  constraint project_default_stays check (not is_default or deleted_at is null)
);
create unique index project_name_in_tenant on project (tenant_id, lower(name)) where deleted_at is null;
create unique index project_one_default on project (tenant_id) where is_default;
create index project_by_creation on project (tenant_id, created_at, id);

create table member (
  id bigint primary key check (id > 0),
  tenant_id bigint not null references tenant,
  user_name text not null,
  email text not null,
  -- 0 owner, 1 administrator, 2 member
  role smallint not null check (role between 0 and 2),
  password_hash text not null,
  must_change_password boolean not null,
  created_at timestamptz not null,
  removed_at timestamptz
);
create unique index member_user_name_in_tenant on member (tenant_id, lower(user_name)) where removed_at is null;
create unique index member_one_owner on member (tenant_id) where role = 0 and removed_at is null;

create table api_key (
  id bigint primary key check (id > 0),
  tenant_id bigint not null references tenant,
  project_id bigint references project,
  member_id bigint references member,
  seat_id bigint,
  -- 0 personal, 1 project, 2 seat
  kind smallint not null,
  name text not null,
  -- SHA-256; the secret itself is shown once and kept nowhere.
  secret_hash bytea not null check (octet_length(secret_hash) = 32),
  -- The secret before the last regeneration, while its grace time lasts.
  previous_hash bytea check (octet_length(previous_hash) = 32),
  previous_until timestamptz,
  previous_used_at timestamptz,
  expires_at timestamptz,
  created_at timestamptz not null,
  deleted_at timestamptz,
  last_used_at timestamptz,
  -- Rises whenever what the key admits changes; revocations are acknowledged by this number.
  credential_version bigint not null default 1,
  constraint api_key_grace_is_whole check ((previous_hash is null) = (previous_until is null)),
  constraint api_key_has_its_holder check (
    (kind = 0 and member_id is not null and project_id is null and seat_id is null)
    or (kind = 1 and project_id is not null and member_id is null and seat_id is null)
    or (kind = 2 and seat_id is not null and project_id is null))
);
create unique index api_key_one_personal on api_key (member_id) where kind = 0 and deleted_at is null;
create unique index api_key_one_of_a_seat on api_key (seat_id) where kind = 2 and deleted_at is null;
create unique index api_key_name_in_project on api_key (project_id, lower(name))
  where kind = 1 and deleted_at is null;
create index api_key_by_creation on api_key (project_id, created_at, id) where kind = 1;
create index api_key_of_tenant on api_key (tenant_id);

-- One threshold of one counter. A row is never given another value: a changed threshold is a new row, because each
-- row fires at most once per period.
create table usage_limit (
  id bigint generated always as identity primary key,
  tenant_id bigint not null references tenant,
  -- 0 tenant, 1 project, 2 seat, 3 key
  scope_kind smallint not null check (scope_kind between 0 and 3),
  scope_id bigint not null,
  metric smallint not null,
  -- 0 month, 1 day, 2 total
  period smallint not null check (period between 0 and 2),
  -- 0 blocked, 1 warning
  kind smallint not null check (kind between 0 and 1),
  -- 0 quota, 1 limit, 2 threshold, 3 plan, 4 key
  source smallint not null check (source between 0 and 4),
  -- In the metric's smallest units.
  value bigint check (value >= 0),
  -- Of the blocked value of the same scope, metric, period and source.
  percent numeric check (percent > 0 and percent <= 100),
  boosted_value bigint check (boosted_value >= 0),
  boosted_until timestamptz,
  recipients text[] not null default '{}',
  language text check (language in ('en', 'fr')),
  created_at timestamptz not null,
  constraint usage_limit_value_or_percent check ((value is null) <> (percent is null)),
  constraint usage_limit_blocked_has_value check (kind = 1 or value is not null),
  constraint usage_limit_boost_is_whole check ((boosted_value is null) = (boosted_until is null))
);
create unique index usage_limit_one_blocked on usage_limit (scope_kind, scope_id, metric, period, source)
  where kind = 0;
create unique index usage_limit_one_warning_per_value
  on usage_limit (scope_kind, scope_id, metric, period, source, value) where kind = 1 and value is not null;
create unique index usage_limit_one_warning_per_percent
  on usage_limit (scope_kind, scope_id, metric, period, source, percent) where kind = 1 and percent is not null;
create index usage_limit_of_tenant on usage_limit (tenant_id);

-- Raised in the transaction of every change of a scope's limits; nodes compare it with what they hold.
create table limit_version (
  scope_kind smallint not null,
  scope_id bigint not null,
  version bigint not null,
  primary key (scope_kind, scope_id)
);

-- Who hears of an account's thresholds. Apart from the thresholds, so that it survives having none.
create table usage_threshold_contact (
  tenant_id bigint primary key references tenant,
  warning_recipients text[] not null,
  blocked_recipients text[] not null,
  language text not null check (language in ('en', 'fr'))
);

create table metric (
  id smallint primary key check (id between 0 and 255),
  name text not null constraint metric_name unique check (name ~ '^[a-z][a-z0-9_]{0,62}$'),
  decimals smallint not null check (decimals between 0 and 6)
);
insert into metric (id, name, decimals) values
  (0, 'amount', 6), (1, 'credits', 6), (2, 'requests', 0), (3, 'text_tokens', 0),
  (4, 'audio_transcribed_seconds', 3), (5, 'audio_analyzed_seconds', 3);

-- Dated and append-only: of the books of a currency, the one in force is the last to have become effective, and of
-- several with the same instant the last one written.
create table price_book (
  id bigint generated always as identity primary key,
  effective_from timestamptz not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  created_at timestamptz not null
);
create index price_book_in_force on price_book (currency, effective_from desc, id desc);

create table price (
  book_id bigint not null references price_book,
  -- A model's name, or * for every model without a price of its own.
  model text not null,
  metric smallint not null references metric,
  -- The amounts below are for so many whole units: tokens, seconds.
  per_units bigint not null check (per_units > 0),
  amount_micros bigint not null check (amount_micros >= 0),
  credits_micros bigint not null check (credits_micros >= 0),
  primary key (book_id, model, metric)
);

-- What a mutation answered, written in its own transaction: it has happened exactly when its row is here.
create table idempotency (
  principal text not null,
  key_hash bytea not null,
  fingerprint bytea not null,
  status smallint,
  content_type text,
  location text,
  -- Sealed with the caller's own credential and key, neither of which is stored: it may hold a secret.
  body bytea,
  -- What nodes must be told before the answer may be given (again).
  changes text,
  created_at timestamptz not null,
  primary key (principal, key_hash)
);
create index idempotency_by_age on idempotency (created_at);

create table audit_log (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  actor text not null,
  action text not null,
  tenant_id bigint,
  target text not null,
  before jsonb,
  after jsonb,
  address text
);
create index audit_log_of_tenant on audit_log (tenant_id, id);

create function audit_log_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'the audit log is append-only';
end $$;
create trigger audit_log_append_only before update or delete or truncate on audit_log
  for each statement execute function audit_log_is_append_only();
