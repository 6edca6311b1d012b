-- Revenue of all files, what of it has a customer, what is refused because it fits several, and what is of customers with a linked ticket.
-- Several currencies are never added up: then the amounts are null, and the rows alone are counted.
-- What recurs (3 and 4) and what was sold (1 and 2) are counted apart, whichever is taken.
-- Bills are taken, else orders, else monthly revenue of subscriptions, else of customers: never two of them.
with sources as (
  select 1 as source, b.amount as amount, b.currency as currency, b.customer_no as customer_no, b.several as several from bills as b where b.status not in ('failed', 'uncollectible')
  union all
  select 2 as source, o.amount as amount, o.currency as currency, o.customer_no as customer_no, o.several as several
  from purchases as o
  where o.status not in ('cancelled', 'failed', 'void')
  union all
  select 3 as source, s.mrr as amount, s.currency as currency, p.customer_no as customer_no, 0 as several
  from current_subscriptions as s
  left join people as p on p.customer_key = s.customer_id
  where coalesce(s.status, '') <> 'earlier level'
  union all
  select 4 as source, p.mrr as amount, p.currency as currency, p.customer_no as customer_no, 0 as several from people as p
),
taken as (
  select s.source as source, cast(s.amount as decimal(38, 9)) as amount, s.currency as currency, s.customer_no as customer_no, s.several as several
  from sources as s
  where s.amount is not null and s.source = (select min(f.source) from sources as f where f.amount is not null)
),
known as (
  select count(distinct upper(t.currency)) as currencies from taken as t
),
kinds as (
  select
    coalesce(sum(case when s.source in (3, 4) then 1 else 0 end), 0) as recurring_rows,
    coalesce(sum(case when s.source in (1, 2) then 1 else 0 end), 0) as sold_rows
  from sources as s
  where s.amount is not null
),
wrote as (
  select distinct l.customer_no as customer_no
  from links as l
  inner join counted_tickets as t on t.ticket_row = l.ticket_row
  where l.customer_no is not null and t.set_aside is null
)
select
  max(t.source) as source,
  count(*) as n,
  cast(case when (select k.currencies from known as k) <= 1 then coalesce(sum(t.amount), 0) end as double) as total,
  cast(case when (select k.currencies from known as k) <= 1 then coalesce(sum(case when t.customer_no is not null then t.amount end), 0) end as double) as linked,
  cast(case when (select k.currencies from known as k) <= 1 then coalesce(sum(case when w.customer_no is not null then t.amount end), 0) end as double) as wrote,
  cast(coalesce(sum(t.several), 0) as bigint) as refused_rows,
  cast(case when (select k.currencies from known as k) <= 1 then coalesce(sum(case when t.several = 1 then t.amount end), 0) end as double) as refused,
  cast((select n.recurring_rows from kinds as n) as bigint) as recurring_rows,
  cast((select n.sold_rows from kinds as n) as bigint) as sold_rows
from taken as t
left join wrote as w on w.customer_no = t.customer_no
