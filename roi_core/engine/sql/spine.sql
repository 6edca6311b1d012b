-- One row per customer, with what their contacts add up to.
with touched as (
  select c.customer_no as customer_no, count(*) as contacts, min(c.created_s) as first_contact_s
  from contacts as c
  group by c.customer_no
),
months_of as (
  select r.customer_no as customer_no, m.month as month
  from running as r
  inner join months as m on r.started_s <= m.start_s and (r.ended_s is null or r.ended_s > m.start_s)
),
first_months as (
  select o.customer_no as customer_no, min(o.month) as month from months_of as o group by o.customer_no
),
first_revenue as (
  select f.customer_no as customer_no,
    case when (select count(*) from currencies) <= 1 then
      coalesce(case when coalesce(s.longer, r.longer) = 0 then b.amount end, cast(s.mrr as double), r.mrr) end as mrr
  from first_months as f
  left join running as s on s.customer_no = f.customer_no and s.subscriptions = 1
  left join added_rates as r on r.customer_no = f.customer_no and r.month = f.month
  left join billed_otherwise as b on b.customer_no = f.customer_no and b.month = f.month
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
  p.region as region,
  p.acquisition_channel as acquisition_channel,
  p.started_s as started_s,
  p.started_month as started_month,
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
