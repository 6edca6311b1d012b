-- One row per order that was not cancelled and did not fail, with what was paid back, also of buyers who are nobody known.
-- An order that stands in several files counts once, by the latest file. Orders in several currencies are not added up by money.
with reaches as (
  select o.file_no as file_no, max(o.ordered_at) as reach from orders as o group by o.file_no
),
places as (
  select o.part_no as part_no, o.row_no as row_no,
    row_number() over (partition by o.system_no, o.order_id order by r.reach desc, coalesce(o.refunded, 0) desc, o.file_no, o.row_no) as copy
  from orders as o
  inner join reaches as r on r.file_no is not distinct from o.file_no
  where o.order_id is not null and o.ordered_at is not null and o.amount is not null
)
select
  dense_rank() over (order by coalesce(case when s.cluster_no is not null then concat('customer ', s.cluster_no) end, case when o.customer_id is not null then concat('customer_id ', o.customer_id) end, case when o.email is not null then concat('email ', o.email) end, case when o.phone is not null then concat('phone ', o.phone) end, case when o.company is not null then concat('company ', o.company) end, concat('row ', o.file_no, ' ', o.row_no))) as cluster_no,
  o.order_id as order_id,
  cast(extract(year from o.ordered_at) * 12 + extract(month from o.ordered_at) - 1 as integer) as month,
  cast(floor(epoch(o.ordered_at)) as bigint) as at_s,
  coalesce(o.status, 'paid') as status,
  s.plan as plan, s.segment as segment, s.industry as industry, s.country as country, s.region as region,
  s.acquisition_channel as acquisition_channel, s.started_month as started_month,
  upper(o.currency) as currency,
  cast(o.amount as double) as amount,
  cast(coalesce(o.refunded, case when o.status = 'refunded' then o.amount end) as double) as refunded,
  cast(o.items as double) as items,
  case when o.customer_id is not null or o.email is not null or o.phone is not null or o.company is not null then true else false end as is_named
from orders as o
inner join places as p on p.part_no = o.part_no and p.row_no = o.row_no and p.copy = 1
left join spine as s on s.customer_key = o.customer_id
where coalesce(o.status, 'paid') not in ('cancelled', 'failed')
