-- Customer months with the cluster of the customer, and whether the customer was gone a month later.
-- The last month is left open: nobody knows yet who is there at its end. So are months in which leaving is not recorded (metric_recorded).
-- Months after the last that billing tells of are not there: nobody knows who was a customer. Of months that are not whole in the tickets nobody
-- can be said not to have written.
with ends as (
  select max(p.month) as last_month from person_months as p
)
select
  s.cluster_no as cluster_no,
  p.customer_no as customer_no,
  p.month as month,
  p.plan as plan, p.segment as segment, p.industry as industry, p.country as country, s.region as region,
  s.acquisition_channel as acquisition_channel, s.started_month as started_month,
  coalesce(g.mrr, p.mrr) as mrr,
  case when p.month between r.first_written and r.last_written then p.contacts end as contacts,
  p.tenure_months as tenure_months,
  p.overdue as overdue,
  case when p.month < e.last_month and p.month between coalesce(r.first_left, p.month) and coalesce(r.last_left, p.month)
    then case when n.customer_no is null then 1 else 0 end
  end as departed,
  s.churn_kind as churn_kind
from person_months as p
inner join spine as s on s.customer_no = p.customer_no
cross join ends as e
cross join metric_recorded as r
left join person_months as n on n.customer_no = p.customer_no and n.month = p.month + 1
left join metric_recurring as g on g.customer_no = p.customer_no and g.month = p.month
where p.month <= coalesce(r.last_billed, p.month)
