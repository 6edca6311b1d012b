-- One row per order of a customer who can be followed: when, what it cost, what is left of it after refunds, and when the first of it came back.
-- A return names the number of its order. An amount below 0 is a credit note, no order: it is taken off the last order in its currency of that
-- customer before it, and off none where there is none. A day without a time is its end. A refund and credit notes of one order are one giving
-- back told twice, the larger of them, and never more than the order. Several currencies are never added up: no amounts then.
with back as (
  select replace(r.order_id, '#', '') as order_number, min(r.at) as returned_at
  from returns as r
  where r.order_id is not null and r.at is not null
  group by replace(r.order_id, '#', '')
),
marked as (
  select p.*, p.gross < 0 as is_credit, coalesce(upper(p.currency), '') as money,
    case when p.gross < 0 and p.ordered_s % 86400 = 0 then p.ordered_s + 86399 else p.ordered_s end as comes_s
  from purchases as p
  where p.customer_no is not null and p.ordered_s is not null
),
moves as (
  select m.*,
    row_number() over (
      partition by m.customer_no, m.money order by m.comes_s, case when m.is_credit then 1 else 0 end, m.order_number, m.gross
    ) as place
  from marked as m
),
placed as (
  select m.*,
    max(case when coalesce(m.is_credit, false) then null else m.place end) over (partition by m.customer_no, m.money order by m.place) as of_place
  from moves as m
),
credits as (
  select c.customer_no as customer_no, c.money as money, c.of_place as place, -sum(c.gross) as credited, min(c.ordered_s) as credited_s
  from placed as c
  where c.is_credit and c.of_place is not null
  group by c.customer_no, c.money, c.of_place
)
select
  cast(p.customer_no as bigint) as customer_no,
  p.ordered_s as ordered_s,
  cast(case when (select count(*) from currencies) <= 1 then p.gross end as double) as gross,
  cast(case when (select count(*) from currencies) <= 1 then least(p.amount, greatest(p.gross - coalesce(c.credited, 0), 0)) end as double) as net,
  least(cast(floor(epoch(b.returned_at)) as bigint), c.credited_s) as returned_s
from placed as p
left join back as b on b.order_number = p.order_number
left join credits as c on c.customer_no = p.customer_no and c.money = p.money and c.place = p.place
where not coalesce(p.is_credit, false)
order by p.customer_no, p.ordered_s, p.order_number
