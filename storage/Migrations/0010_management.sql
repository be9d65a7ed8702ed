-- What the source documents ask of the management side beyond the first version.

-- Members can be created without an address; mail goes to those who have one.
alter table member alter column email drop not null;

alter table tenant
  -- Only the owner appoints and demotes administrators, and does to them what an administrator may do to members.
  add column owner_appoints_administrators boolean not null default false,
  -- Where the tenant's bills and payment methods are managed; set by the operator.
  add column billing_site text;

-- The quota that a new tenant of a currency starts with. A currency that is not here has none: unlimited.
create table default_quota (
  currency text primary key check (currency ~ '^[A-Z]{3}$'),
  -- Millionths of the currency.
  amount bigint not null check (amount >= 0),
  changed_at timestamptz not null
);

-- A renewal begins a new period of a seat's credits: what the seat had used in the month by then is added to its limits
-- until the month ends, so that the plan's credits are whole again. The counter itself never falls.
alter table seat
  add column credits_base bigint not null default 0 check (credits_base >= 0),
  add column credits_base_until timestamptz,
  add constraint seat_credits_base_is_whole check ((credits_base = 0) = (credits_base_until is null));
create index seat_by_credits_base on seat (credits_base_until) where credits_base_until is not null;

-- A book that was to come into force later and was taken back before it did. Never rates anything.
alter table price_book add column withdrawn_at timestamptz;
