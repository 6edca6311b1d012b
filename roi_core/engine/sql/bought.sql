-- One row per order of a customer who can be followed: when, what it cost, what is left of it after refunds, and when the first of it came back.
-- A return names the number of its order. Several currencies are never added up: no amounts then.
with back as (
  select replace(r.order_id, '#', '') as order_number, min(r.at) as returned_at
  from returns as r
  where r.order_id is not null and r.at is not null
  group by replace(r.order_id, '#', '')
)
select
  cast(p.customer_no as bigint) as customer_no,
  p.ordered_s as ordered_s,
  cast(case when (select count(*) from currencies) <= 1 then p.gross end as double) as gross,
  cast(case when (select count(*) from currencies) <= 1 then p.amount end as double) as net,
  cast(floor(epoch(b.returned_at)) as bigint) as returned_s
from purchases as p
left join back as b on b.order_number = p.order_number
where p.customer_no is not null and p.ordered_s is not null
order by p.customer_no, p.ordered_s, p.order_number
