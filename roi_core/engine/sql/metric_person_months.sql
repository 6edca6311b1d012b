-- Customer months with the cluster of the customer, and whether the customer was gone a month later.
-- The last month is left open: nobody knows yet who is there at its end.
with ends as (
  select max(p.month) as last_month from person_months as p
)
select
  s.cluster_no as cluster_no,
  p.customer_no as customer_no,
  p.month as month,
  p.plan as plan, p.segment as segment, p.industry as industry, p.country as country, s.region as region,
  s.acquisition_channel as acquisition_channel, s.started_month as started_month,
  p.mrr as mrr,
  p.contacts as contacts,
  p.tenure_months as tenure_months,
  p.overdue as overdue,
  case when p.month < e.last_month then case when n.customer_no is null then 1 else 0 end end as departed,
  s.churn_kind as churn_kind
from person_months as p
inner join spine as s on s.customer_no = p.customer_no
cross join ends as e
left join person_months as n on n.customer_no = p.customer_no and n.month = p.month + 1
