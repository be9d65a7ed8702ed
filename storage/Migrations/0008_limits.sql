-- Every threshold has its value, also one that was set as a percentage: rules about values then need no second look at
-- the row of the blocked value.
alter table usage_limit
  drop constraint usage_limit_value_or_percent,
  drop constraint usage_limit_blocked_has_value,
  drop constraint usage_limit_percent_check;
-- A percentage without a blocked value never had an effect.
delete from usage_limit w where w.percent is not null and not exists (
  select from usage_limit b where b.kind = 0 and b.scope_kind = w.scope_kind and b.scope_id = w.scope_id
    and b.metric = w.metric and b.period = w.period and b.source = w.source);
drop index usage_limit_one_warning_per_value;
drop index usage_limit_one_warning_per_percent;
update usage_limit w set value = ceil(b.value * w.percent / 100)::bigint
from usage_limit b
where w.percent is not null and b.kind = 0 and b.scope_kind = w.scope_kind and b.scope_id = w.scope_id
  and b.metric = w.metric and b.period = w.period and b.source = w.source;
-- Warnings that come to the same value are one, with the highest percentage.
delete from usage_limit w using usage_limit o
where w.kind = 1 and o.kind = 1 and o.scope_kind = w.scope_kind and o.scope_id = w.scope_id and o.metric = w.metric
  and o.period = w.period and o.source = w.source and o.value = w.value
  and (coalesce(o.percent, 0), o.id) > (coalesce(w.percent, 0), w.id);
alter table usage_limit
  alter column value set not null,
  add constraint usage_limit_percent_range check (percent > 0 and percent <= 1000),
  add constraint usage_limit_percent_is_of_a_warning check (kind = 1 or percent is null);
create unique index usage_limit_one_warning_per_value
  on usage_limit (scope_kind, scope_id, metric, period, source, value) where kind = 1;
