-- Whether usage without a price is refused where money is limited.
alter table tenant add column refuses_unpriced boolean not null default false;
