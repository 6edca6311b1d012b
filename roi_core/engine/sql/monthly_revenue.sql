-- Monthly revenue of a customer: what was billed for the month where billing is monthly, else the subscriptions' own rate.
with rates as (
  select
    p.customer_no as customer_no,
    m.month as month,
    sum(s.mrr) as mrr,
    max(case when coalesce(s.interval, 'month') = 'month' then 0 else 1 end) as longer
  from subscriptions as s
  inner join people as p on p.customer_key = s.customer_id
  inner join months as m on epoch(s.started_at) < m.end_s and (s.ended_at is null or epoch(s.ended_at) >= m.start_s)
  group by p.customer_no, m.month
),
billed as (
  select p.customer_no as customer_no, m.month as month, sum(i.amount) as amount
  from invoices as i
  inner join people as p on p.customer_key = i.customer_id
  inner join months as m on epoch(i.issued_at) >= m.start_s and epoch(i.issued_at) < m.end_s
  where coalesce(lower(i.status), 'paid') not in ('void', 'draft', 'failed', 'canceled', 'requires_payment_method')
  group by p.customer_no, m.month
)
select
  r.customer_no as customer_no,
  r.month as month,
  cast(case when r.longer = 0 then coalesce(b.amount, r.mrr) else r.mrr end as double) as mrr
from rates as r
left join billed as b on b.customer_no = r.customer_no and b.month = r.month
