-- One row per named buyer: how often they ordered, and whether within 90 days of the first time, where so long was watched.
with ends as (
  select max(o.at_s) as last_s from metric_orders as o
),
numbered as (
  select o.*, row_number() over (partition by o.cluster_no order by o.at_s, o.order_id) as nth from metric_orders as o where o.is_named
)
select
  n.cluster_no as cluster_no,
  n.cluster_no as buyer_no,
  min(n.month) as month,
  min(n.at_s) as at_s,
  max(n.plan) as plan, max(n.segment) as segment, max(n.industry) as industry, max(n.country) as country, max(n.region) as region,
  max(n.acquisition_channel) as acquisition_channel, max(n.started_month) as started_month,
  count(*) as orders,
  sum(n.amount) as spent,
  cast(max(case when n.nth = 2 then n.at_s end) - min(n.at_s) as double) / 86400 as days_to_second,
  case when min(n.at_s) <= max(e.last_s) - 7776000 then
    case when max(case when n.nth = 2 then n.at_s end) <= min(n.at_s) + 7776000 then true else false end
  end as again_90d
from numbered as n
cross join ends as e
group by n.cluster_no
