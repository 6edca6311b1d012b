-- When the first and the last order that stands was placed, in epoch seconds; null where there is none.
select
  cast(floor(min(epoch(o.ordered_at))) as bigint) as first_s,
  cast(floor(max(epoch(o.ordered_at))) as bigint) as last_s
from orders as o
where coalesce(o.status, 'paid') not in ('cancelled', 'failed') and o.amount >= 0
