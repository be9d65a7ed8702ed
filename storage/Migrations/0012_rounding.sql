-- What becomes of amounts with too many decimals: 0 they are refused, 1 rounded to the nearest unit, 2 rounded up.
alter table metric add column rounding smallint not null default 0 check (rounding between 0 and 2);
