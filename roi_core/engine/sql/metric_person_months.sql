-- Customer months with the cluster of the customer, and whether the customer was gone a month later.
-- The last month is left open: nobody knows yet who is there at its end. So are the first months in which nobody left, where chance would
-- bring so many in fewer than 1 of 1,000 cases: the files hold only customers who stayed until leaving was recorded.
-- Before the first and after the last month with a contact nobody can be seen to write.
with ends as (
  select max(p.month) as last_month from person_months as p
),
months as (
  select p.month as month, count(*) as at_risk, count(*) - count(n.customer_no) as gone
  from person_months as p
  cross join ends as e
  left join person_months as n on n.customer_no = p.customer_no and n.month = p.month + 1
  where p.month < e.last_month
  group by p.month
),
firsts as (
  select min(m.month) as first_gone from months as m where m.gone > 0
),
silence as (
  select
    f.first_gone as first_gone,
    pow(1 - coalesce(sum(m.at_risk) filter (where m.month < f.first_gone), 0) / sum(m.at_risk), sum(m.gone)) as chance
  from months as m
  cross join firsts as f
  group by f.first_gone
),
written as (
  select min(c.month) as first_month, max(c.month) as last_month from contacts as c
),
recorded as (
  select coalesce(max(s.first_gone), 0) as first_month from silence as s where s.chance < 0.001
)
select
  s.cluster_no as cluster_no,
  p.customer_no as customer_no,
  p.month as month,
  p.plan as plan, p.segment as segment, p.industry as industry, p.country as country, s.region as region,
  s.acquisition_channel as acquisition_channel, s.started_month as started_month,
  p.mrr as mrr,
  case when p.month between w.first_month and w.last_month then p.contacts end as contacts,
  p.tenure_months as tenure_months,
  p.overdue as overdue,
  case when p.month < e.last_month and p.month >= r.first_month then case when n.customer_no is null then 1 else 0 end end as departed,
  s.churn_kind as churn_kind
from person_months as p
inner join spine as s on s.customer_no = p.customer_no
cross join ends as e
cross join recorded as r
cross join written as w
left join person_months as n on n.customer_no = p.customer_no and n.month = p.month + 1
