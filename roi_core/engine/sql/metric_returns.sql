-- One row per return with the buyer of its order, where the files hold the order.
with placed as (
  select replace(o.order_id, '#', '') as order_number, min(o.customer_id) as customer_id, min(o.email) as email, min(o.ordered_at) as ordered_at,
    min(upper(o.currency)) as currency
  from orders as o
  where o.order_id is not null
  group by replace(o.order_id, '#', '')
)
select
  dense_rank() over (order by coalesce(case when s.cluster_no is not null then concat('customer ', s.cluster_no) end,
    case when o.customer_id is not null then concat('customer_id ', o.customer_id) end, case when o.email is not null then concat('email ', o.email) end,
    concat('order ', r.order_id))) as cluster_no,
  r.order_id as order_id,
  cast(extract(year from r.at) * 12 + extract(month from r.at) - 1 as integer) as month,
  cast(floor(epoch(r.at)) as bigint) as at_s,
  r.reason as reason,
  s.plan as plan, s.segment as segment, s.industry as industry, s.country as country, s.region as region,
  s.acquisition_channel as acquisition_channel, s.started_month as started_month,
  o.currency as currency,
  cast(r.amount as double) as amount,
  cast(r.handling_cost as double) as handling_cost,
  case when r.at >= o.ordered_at then cast(epoch(r.at) - epoch(o.ordered_at) as double) / 86400 end as days
from returns as r
left join placed as o on o.order_number = replace(r.order_id, '#', '')
left join metric_addresses as w on o.customer_id is null and w.email = o.email
left join spine as s on s.customer_key = coalesce(o.customer_id, w.customer_id)
where r.order_id is not null and r.at is not null
