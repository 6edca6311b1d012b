-- One row per order of every system that was not cancelled and did not fail, with what is left of its amount after refunds and at most one customer: by customer id, else by an e-mail address, telephone number or name that fits exactly one.
-- An amount below 0 is a credit note: it may have the number of its order, and nothing of it is refunded.
-- A number that has several buyers in one file is that of several shops: then each buyer's order is another.
with crowded as (
  select distinct o.system_no as system_no, o.order_id as order_id
  from orders as o
  group by o.system_no, o.order_id, o.file_no
  having count(distinct coalesce(o.email, o.customer_id, o.phone, o.company)) > 1
),
dated as (
  select o.*,
    max(o.ordered_at) over (partition by o.file_no) as reach,
    case when k.order_id is not null then coalesce(o.email, o.customer_id, o.phone, o.company) end as buyer
  from orders as o
  left join crowded as k on k.system_no = o.system_no and k.order_id = o.order_id
  where o.order_id is not null
),
copies as (
  select d.*,
    row_number() over (
      partition by d.system_no, d.order_id, d.buyer, d.amount < 0
      order by case when d.reach is null then 1 else 0 end, d.reach desc, coalesce(d.refunded, 0) desc, d.file_no, d.row_no
    ) as copy
  from dated as d
)
select
  replace(o.order_id, '#', '') as order_number,
  o.currency as currency,
  cast(floor(epoch(o.ordered_at)) as bigint) as ordered_s,
  o.amount as gross,
  case
    when i.customer_no is not null then i.customer_no
    when e.customers = 1 then e.customer_no
    when f.customers = 1 then f.customer_no
    when m.customers = 1 then m.customer_no
  end as customer_no,
  case
    when i.customer_no is not null or e.customers = 1 or f.customers = 1 or m.customers = 1 then 0
    when e.customers > 1 or f.customers > 1 or m.customers > 1 then 1
    else 0
  end as several,
  coalesce(o.status, 'paid') as status,
  case
    when o.amount < 0 then o.amount
    else o.amount - coalesce(o.refunded, case when o.status = 'refunded' then o.amount else 0 end)
  end as amount
from copies as o
left join key_owners as i on i.kind = 'customer id' and i.match_key = o.customer_id
left join key_owners as e on e.kind = 'e-mail' and e.match_key = o.email
left join key_owners as f on f.kind = 'phone' and f.match_key = o.phone
left join key_owners as m on m.kind = 'company name' and m.match_key = o.company
where o.copy = 1 and coalesce(o.status, 'paid') not in ('cancelled', 'failed')
