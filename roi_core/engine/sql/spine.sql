-- One row per customer, with what their contacts add up to.
with touched as (
  select c.customer_no as customer_no, count(*) as contacts, min(c.created_s) as first_contact_s
  from contacts as c
  group by c.customer_no
),
first_months as (
  select r.customer_no as customer_no, min(r.month) as month from monthly_revenue as r group by r.customer_no
),
first_revenue as (
  select r.customer_no as customer_no, r.mrr as mrr
  from monthly_revenue as r
  inner join first_months as f on f.customer_no = r.customer_no and f.month = r.month
),
clusters as (
  select p.account_key as account_key, min(p.customer_no) as cluster_no from people as p where p.account_key is not null group by p.account_key
)
select
  p.customer_no as customer_no,
  p.customer_key as customer_key,
  coalesce(g.cluster_no, p.customer_no) as cluster_no,
  p.plan as plan,
  p.segment as segment,
  p.industry as industry,
  p.country as country,
  p.acquisition_channel as acquisition_channel,
  p.started_s as started_s,
  p.churned_s as churned_s,
  p.churn_kind as churn_kind,
  cast(coalesce(f.mrr, p.mrr) as double) as first_mrr,
  p.currency as currency,
  cast(coalesce(t.contacts, 0) as bigint) as contacts,
  t.first_contact_s as first_contact_s
from people as p
left join touched as t on t.customer_no = p.customer_no
left join first_revenue as f on f.customer_no = p.customer_no
left join clusters as g on g.account_key = p.account_key
order by p.customer_no
