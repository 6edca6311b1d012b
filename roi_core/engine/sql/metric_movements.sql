-- What each customer's monthly revenue did from the start of one month to the start of the next, of customers whose revenue is known whenever
-- they are customers. One who paid nothing at the start and pays at the end is new, or back where an earlier month was paid. The last month is open.
-- Months in which leaving is not recorded (metric_recorded) are left out: who left and who came and left again is not known.
with rates as (
  select p.customer_no as customer_no, p.month as month, p.plan as plan, p.tenure_months as tenure_months, coalesce(g.mrr, p.mrr) as mrr
  from person_months as p
  left join metric_recurring as g on g.customer_no = p.customer_no and g.month = p.month
),
known as (
  select p.customer_no as customer_no from person_months as p group by p.customer_no having count(*) = count(p.mrr)
),
paid as (
  select p.customer_no as customer_no, p.month as month, p.plan as plan, p.mrr as mrr, p.tenure_months as tenure_months,
    coalesce(max(p.mrr) over (partition by p.customer_no order by p.month rows between unbounded preceding and 1 preceding), 0) as most_before
  from rates as p
  inner join known as k on k.customer_no = p.customer_no
),
ends as (
  select max(p.month) as last_month, min(p.month) as first_month from person_months as p
),
steps as (
  select p.customer_no as customer_no, p.month as month, p.mrr as before, coalesce(n.mrr, 0) as after,
    case when p.mrr = 0 and p.most_before > 0 then 1 else 0 end as is_return, coalesce(p.plan, n.plan) as plan
  from paid as p
  cross join ends as e
  left join rates as n on n.customer_no = p.customer_no and n.month = p.month + 1
  where p.month < e.last_month
  union all
  select p.customer_no as customer_no, p.month - 1 as month, cast(0 as double) as before, p.mrr as after,
    case when p.tenure_months > 1.1 then 1 else 0 end as is_return, p.plan as plan
  from paid as p
  cross join ends as e
  left join rates as b on b.customer_no = p.customer_no and b.month = p.month - 1
  where b.customer_no is null and p.month > e.first_month
)
select
  s.cluster_no as cluster_no,
  m.customer_no as customer_no,
  cast(m.month as integer) as month,
  m.plan as plan, s.segment as segment, s.industry as industry, s.country as country, s.region as region,
  s.acquisition_channel as acquisition_channel, s.started_month as started_month,
  m.before as before,
  m.after as after,
  m.is_return as is_return
from steps as m
inner join spine as s on s.customer_no = m.customer_no
cross join metric_recorded as r
where m.month between coalesce(r.first_left, m.month) and coalesce(r.last_left, m.month)
