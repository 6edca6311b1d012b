-- Plan and rate of customers with several subscriptions by the ones that run at the first instant of the month.
-- Those of all others are the ones of their only subscription: nothing is to be added up.
select
  r.customer_no as customer_no,
  m.month as month,
  cast(sum(r.mrr) as double) as mrr,
  max(r.plan) as plan,
  max(r.longer) as longer
from running as r
inner join months as m on r.started_s <= m.start_s and (r.ended_s is null or r.ended_s > m.start_s)
where r.subscriptions > 1
group by r.customer_no, m.month
