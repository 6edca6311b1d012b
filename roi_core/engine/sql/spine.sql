-- One row per customer, with what their contacts add up to. What they began with is of the subscriptions that ran from their first day on.
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
begun as (
  select r.customer_no as customer_no, max(r.plan) as plan, cast(sum(r.mrr) as double) as mrr
  from running as r
  inner join people as p on p.customer_no = r.customer_no
  where r.started_s < p.started_s + 1
  group by r.customer_no
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
  case when u.bought_at is null then 0 else 1 end as start_inferred,
  case when (select count(*) from subscriptions) > 0 then b.plan else p.plan end as started_plan,
  case when (select count(*) from currencies) <= 1 then coalesce(b.mrr, p.mrr) end as started_mrr,
  p.churned_s as churned_s,
  p.churn_kind as churn_kind,
  cast(coalesce(f.mrr, p.mrr) as double) as first_mrr,
  p.currency as currency,
  cast(coalesce(t.contacts, 0) as bigint) as contacts,
  t.first_contact_s as first_contact_s
from people as p
left join touched as t on t.customer_no = p.customer_no
left join first_revenue as f on f.customer_no = p.customer_no
left join begun as b on b.customer_no = p.customer_no
left join first_purchases as u on u.customer_id = p.customer_key
left join clusters as g on g.account_key = p.account_key
order by p.customer_no
