-- One row per order that was not cancelled and did not fail, with what was paid back, also of buyers who are nobody known.
-- Who ordered is told by customer id, else by an e-mail address that one customer alone has.
-- An order that stands in several files counts once, by the latest file. Orders in several currencies are not added up by money.
-- An amount below 0 is a credit note, no order: it is paid back on the last order in its currency of that named buyer before it, and on none where
-- there is none. A day without a time is its end. A refund and credit notes of one order are one giving back told twice, the larger of them, and
-- never more than the order.
with reaches as (
  select o.file_no as file_no, max(o.ordered_at) as reach from orders as o group by o.file_no
),
places as (
  select o.part_no as part_no, o.row_no as row_no,
    row_number() over (partition by o.system_no, o.order_id, o.amount < 0 order by r.reach desc, coalesce(o.refunded, 0) desc, o.file_no, o.row_no) as copy
  from orders as o
  inner join reaches as r on r.file_no is not distinct from o.file_no
  where o.order_id is not null and o.ordered_at is not null and o.amount is not null
),
known as (
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
    case when o.customer_id is not null or o.email is not null or o.phone is not null or o.company is not null then true else false end as is_named,
    case when o.amount < 0 then 1 else 0 end as is_credit
  from orders as o
  inner join places as p on p.part_no = o.part_no and p.row_no = o.row_no and p.copy = 1
  left join metric_addresses as w on o.customer_id is null and w.email = o.email
  left join spine as s on s.customer_key = coalesce(o.customer_id, w.customer_id)
  where coalesce(o.status, 'paid') not in ('cancelled', 'failed')
),
moves as (
  select k.*, coalesce(k.currency, '') as money,
    row_number() over (
      partition by k.cluster_no, coalesce(k.currency, '')
      order by case when k.is_credit = 1 and k.at_s % 86400 = 0 then k.at_s + 86399 else k.at_s end, k.is_credit, k.order_id
    ) as place
  from known as k
),
placed as (
  select m.*, max(case when m.is_credit = 0 then m.place end) over (partition by m.cluster_no, m.money order by m.place) as of_place from moves as m
),
credits as (
  select c.cluster_no as cluster_no, c.money as money, c.of_place as place, -sum(c.amount) as credited
  from placed as c
  where c.is_credit = 1 and c.of_place is not null
  group by c.cluster_no, c.money, c.of_place
)
select
  p.cluster_no as cluster_no, p.order_id as order_id, p.month as month, p.at_s as at_s, p.status as status,
  p.plan as plan, p.segment as segment, p.industry as industry, p.country as country, p.region as region,
  p.acquisition_channel as acquisition_channel, p.started_month as started_month,
  p.currency as currency,
  p.amount as amount,
  case when c.credited is null then p.refunded else greatest(coalesce(p.refunded, 0), least(c.credited, p.amount)) end as refunded,
  p.items as items,
  p.is_named as is_named
from placed as p
left join credits as c on c.cluster_no = p.cluster_no and c.money = p.money and c.place = p.place
where p.is_credit = 0
