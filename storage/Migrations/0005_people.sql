-- People, what they sign in with, and what they hold: sessions, access tokens, project memberships, invitations,
-- subscriptions and their seats, requests for more quota. Secrets are kept as hashes, or sealed where they have to be
-- read again.

alter table tenant
  add column require_mfa boolean not null default false,
  add column billing_contact text;

alter table member
  -- Sealed; null until the member begins to enrol.
  add column totp_secret bytea,
  add column totp_confirmed_at timestamptz,
  -- The 30-second step of the last accepted code: a code works once.
  add column totp_step bigint not null default 0,
  add column failed_attempts integer not null default 0,
  add column locked_until timestamptz,
  add column password_changed_at timestamptz,
  add constraint member_totp_is_whole check (totp_confirmed_at is null or totp_secret is not null);
create index member_by_creation on member (tenant_id, created_at, id);
create index member_by_email on member (tenant_id, lower(email)) where removed_at is null;

create table recovery_code (
  member_id bigint not null references member,
  code_hash bytea not null check (octet_length(code_hash) = 32),
  used_at timestamptz,
  primary key (member_id, code_hash)
);

-- A member who is signed in. Ended sessions stay for a while, for the audit's sake.
create table console_session (
  id bigint primary key check (id > 0),
  member_id bigint not null references member,
  token_hash bytea not null unique check (octet_length(token_hash) = 32),
  address text,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz
);
create index console_session_of_member on console_session (member_id) where ended_at is null;
create index console_session_by_expiry on console_session (expires_at);

create table access_token (
  id bigint primary key check (id > 0),
  member_id bigint not null references member,
  name text not null,
  token_hash bytea not null unique check (octet_length(token_hash) = 32),
  scopes text[] not null check (cardinality(scopes) > 0),
  created_at timestamptz not null,
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz
);
create unique index access_token_name_of_member on access_token (member_id, lower(name)) where revoked_at is null;

-- The keys that seal cookies and second factors, shared by all nodes.
create table data_protection_key (
  id bigint generated always as identity primary key,
  name text not null,
  xml text not null,
  created_at timestamptz not null default now()
);

-- Who is in a project, with what role. Everybody is in the Default project; a row there only raises the role.
create table project_member (
  project_id bigint not null references project,
  member_id bigint not null references member,
  -- 0 project administrator, 1 member
  role smallint not null check (role between 0 and 1),
  created_at timestamptz not null,
  primary key (project_id, member_id)
);
create index project_member_of_member on project_member (member_id);

-- An open invitation has neither closed_at nor an expiry that has passed; one that was used up, revoked or replaced is
-- closed.
create table invitation (
  id bigint primary key check (id > 0),
  tenant_id bigint not null references tenant,
  -- Null for a link that is shared.
  email text,
  role smallint not null check (role between 1 and 2),
  token_hash bytea not null unique check (octet_length(token_hash) = 32),
  max_uses integer not null check (max_uses between 1 and 10000),
  uses integer not null default 0,
  created_by text not null,
  created_at timestamptz not null,
  -- How many mails with a link were written; each has a link of its own, and only the last one works.
  sendings integer not null default 0,
  expires_at timestamptz not null,
  closed_at timestamptz,
  -- 0 used up, 1 revoked, 2 expired and replaced by a newer one
  closed_as smallint check (closed_as between 0 and 2),
  constraint invitation_uses check (uses between 0 and max_uses),
  constraint invitation_by_email_is_for_one check (email is null or max_uses = 1),
  constraint invitation_closed_is_whole check ((closed_at is null) = (closed_as is null))
);
create unique index invitation_one_open_per_email on invitation (tenant_id, lower(email))
  where email is not null and closed_at is null;
create index invitation_by_creation on invitation (tenant_id, created_at, id);

create table invitation_use (
  invitation_id bigint not null references invitation,
  member_id bigint not null references member,
  at timestamptz not null,
  primary key (invitation_id, member_id)
);

create table subscription (
  id bigint primary key check (id > 0),
  tenant_id bigint not null references tenant,
  plan text not null,
  seats integer not null check (seats between 1 and 10000),
  -- Millionths of a credit, monthly and for each seat.
  credits_per_seat bigint not null check (credits_per_seat >= 0),
  expires_at timestamptz not null,
  created_at timestamptz not null
);
create index subscription_by_creation on subscription (tenant_id, created_at, id);

-- Whether a seat has expired follows from its subscription and the clock; no job has to say so.
create table seat (
  id bigint primary key check (id > 0),
  tenant_id bigint not null references tenant,
  subscription_id bigint not null references subscription,
  member_id bigint references member,
  assigned_at timestamptz,
  created_at timestamptz not null,
  -- Of a seat that a renewal left out. Its row stays, because usage refers to it.
  removed_at timestamptz,
  constraint seat_assignment_is_whole check ((member_id is null) = (assigned_at is null)),
  constraint seat_removed_is_nobodys check (removed_at is null or member_id is null)
);
-- A member holds at most one. Those that expired are given back first, in the transaction that assigns another.
create unique index seat_one_per_member on seat (member_id) where member_id is not null;
create index seat_by_creation on seat (tenant_id, created_at, id) where removed_at is null;
create index seat_of_subscription on seat (subscription_id);
alter table api_key add constraint api_key_of_a_seat foreign key (seat_id) references seat;
create index api_key_of_member on api_key (member_id) where member_id is not null;

-- A boost is a part of the limit that it raises: it follows the limit where its value is set anew, and ends with it.
alter table usage_limit
  add column boost_id bigint unique check (boost_id > 0),
  add column boosted_by text,
  add column boosted_at timestamptz;

create table quota_request (
  id bigint primary key check (id > 0),
  tenant_id bigint not null references tenant,
  -- Millionths of the tenant's currency.
  amount bigint not null check (amount > 0),
  reason text not null,
  -- 0 open, 1 approved, 2 denied
  state smallint not null default 0 check (state between 0 and 2),
  created_by text not null,
  created_at timestamptz not null,
  decided_by text,
  decided_at timestamptz,
  note text,
  -- What the quota was set to, which may be less than was asked for.
  approved_amount bigint check (approved_amount >= 0),
  constraint quota_request_decision_is_whole check ((state = 0) = (decided_at is null)),
  constraint quota_request_approval_is_whole check ((state = 1) = (approved_amount is not null))
);
create index quota_request_by_creation on quota_request (tenant_id, created_at, id);
create index quota_request_open on quota_request (created_at, id) where state = 0;

-- Mail that has to go out; written in the transaction of what it tells of, sent by whoever drains it.
create table mail (
  id bigint primary key check (id > 0),
  tenant_id bigint not null references tenant,
  -- What it is about: invitation, quota_requested, quota_decided, …
  kind text not null,
  recipient text not null,
  language text not null check (language in ('en', 'fr')),
  -- What the text is made of. Sealed where it holds a secret, such as an invitation's link.
  model jsonb not null,
  sealed bytea,
  -- The same for every attempt, so that a repeat can be recognised.
  message_id text not null unique,
  -- 0 waiting, 1 sent, 2 dead, 3 cancelled
  state smallint not null default 0 check (state between 0 and 3),
  attempts integer not null default 0,
  due_at timestamptz not null,
  created_at timestamptz not null,
  sent_at timestamptz,
  last_error text
);
create index mail_due on mail (due_at, id) where state = 0;
create index mail_of_tenant on mail (tenant_id, created_at, id);

-- Not even the role that owns the table may change history; see the trigger of 0001 for the one that may do anything.
revoke update, delete, truncate on audit_log from public;
do $$ begin
  execute format('revoke update, delete, truncate on audit_log from %I', current_user);
end $$;
