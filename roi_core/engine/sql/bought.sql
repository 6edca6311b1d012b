-- One row per order of a customer who can be followed: when, what it cost, what is left of it after refunds, and when the first of it came back.
-- A return names the number of its order. An amount below 0 is a credit note, no order: it is taken off the last order of that customer before it,
-- and off none where there is none. Several currencies are never added up: no amounts then.
with back as (
  select replace(r.order_id, '#', '') as order_number, min(r.at) as returned_at
  from returns as r
  where r.order_id is not null and r.at is not null
  group by replace(r.order_id, '#', '')
),
moves as (
  select
    p.customer_no as customer_no, p.ordered_s as ordered_s, p.order_number as order_number, p.gross as gross, p.amount as net,
    case when p.gross < 0 then 1 else 0 end as is_credit,
    row_number() over (partition by p.customer_no order by p.ordered_s, case when p.gross < 0 then 1 else 0 end, p.order_number, p.gross) as place
  from purchases as p
  where p.customer_no is not null and p.ordered_s is not null
),
placed as (
  select m.*, max(case when m.is_credit = 0 then m.place end) over (partition by m.customer_no order by m.place) as of_place from moves as m
),
credits as (
  select c.customer_no as customer_no, c.of_place as place, sum(c.net) as net, min(c.ordered_s) as credited_s
  from placed as c
  where c.is_credit = 1 and c.of_place is not null
  group by c.customer_no, c.of_place
)
select
  cast(p.customer_no as bigint) as customer_no,
  p.ordered_s as ordered_s,
  cast(case when (select count(*) from currencies) <= 1 then p.gross end as double) as gross,
  cast(case when (select count(*) from currencies) <= 1 then p.net + coalesce(c.net, 0) end as double) as net,
  least(cast(floor(epoch(b.returned_at)) as bigint), c.credited_s) as returned_s
from placed as p
left join back as b on b.order_number = p.order_number
left join credits as c on c.customer_no = p.customer_no and c.place = p.place
where p.is_credit = 0
order by p.customer_no, p.ordered_s, p.order_number
