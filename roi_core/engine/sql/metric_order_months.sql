-- Whole months of orders that have any. The first and the last are whole where orders reach to within three days (259,200 seconds) of their ends, or as
-- close as the longest time without an order elsewhere, at most a week (604,800).
with days as (
  select floor(o.at_s / 86400) as day, min(o.at_s) as first_s, max(o.at_s) as last_s from metric_orders as o group by floor(o.at_s / 86400)
),
gaps as (
  select d.first_s as first_s, d.last_s as last_s, d.first_s - lag(d.last_s) over (order by d.day) as silent_s from days as d
),
reached as (
  select min(g.first_s) as first_s, max(g.last_s) as last_s, greatest(259200, least(604800, coalesce(max(g.silent_s), 0))) as slack_s from gaps as g
)
select 'orders' as table_name, k.month as month
from calendar as k
cross join reached as r
inner join metric_orders as o on o.month = k.month
where k.start_s + r.slack_s >= r.first_s and k.end_s - r.slack_s <= r.last_s
group by k.month
