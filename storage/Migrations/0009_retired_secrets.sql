-- Secrets that a regeneration has replaced, as hashes, for as long as a reservation made with one of them may be open:
-- a dead secret may still commit or release what was begun with it.
create table retired_secret (
  key_id bigint not null references api_key,
  secret_hash bytea not null check (octet_length(secret_hash) = 32),
  -- When the secret stopped working; it can have made no reservation after that.
  retired_at timestamptz not null,
  primary key (key_id, secret_hash)
);
create index retired_secret_by_end on retired_secret (retired_at);
