-- Every customer of the billing files, numbered by start and file order (never by a key).
-- A customer starts with the first subscription, else as the file says, else with the first purchase. One without a subscription is
-- left out where subscriptions are known, and so is a contact list of a CRM. An end that lies after the files is not known yet.
-- One spell a customer: who pauses stays, and who subscribes after the day of a stated end has come back from it.
-- Only ids that stand in several rows have copies to put in order.
with followed as (
  select c.* from customers as c where c.customer_id is not null and c.file_no not in (select f.file_no from contact_files as f)
),
repeated as (
  select f.customer_id as customer_id, min(f.started_at) as any_started_at from followed as f group by f.customer_id having count(*) > 1
),
reaches as (
  select f.file_no as file_no, max(f.started_at) as reach from followed as f group by f.file_no
),
places as (
  select f.part_no as part_no, f.row_no as row_no, r.any_started_at as any_started_at,
    row_number() over (
      partition by f.customer_id
      order by
        case when e.reach is null then 1 else 0 end,
        e.reach desc,
        case when f.churned_at is null then 1 else 0 end,
        f.file_no,
        f.row_no
    ) as copy
  from followed as f
  inner join repeated as r on r.customer_id = f.customer_id
  inner join reaches as e on e.file_no is not distinct from f.file_no
),
first_rows as (
  select f.*, p.any_started_at as any_started_at
  from followed as f
  left join places as p on p.part_no = f.part_no and p.row_no = f.row_no
  where coalesce(p.copy, 1) = 1
),
subscribed as (
  select
    s.customer_id as customer_id,
    min(s.started_at) as started_at,
    max(s.started_at) as last_started_at,
    max(s.ended_at) as ended_at,
    count(*) as subscriptions,
    count(s.ended_at) as ended,
    max(s.cancel_reason) as cancel_reason,
    max(s.plan) as plan,
    max(s.currency) as currency,
    max(s.email) as email,
    max(s.company) as company,
    min(s.file_no) as file_no,
    min(s.row_no) as row_no,
    min(cast(s.file_no as decimal(38, 0)) * 1099511627776 + s.row_no) as first_place
  from current_subscriptions as s
  where s.customer_id is not null
  group by s.customer_id
),
come_back as (
  select s.customer_id as customer_id
  from subscribed as s
  inner join first_rows as c on c.customer_id = s.customer_id
  where epoch(s.last_started_at) >= epoch(c.churned_at) + 86400
),
joined as (
  select
    coalesce(c.customer_id, s.customer_id) as customer_key,
    coalesce(c.email, s.email) as email,
    coalesce(c.company, s.company) as company,
    c.external_id as external_id,
    c.domain as domain,
    c.account_id as account_key,
    coalesce(c.plan, s.plan) as plan,
    c.segment as segment,
    c.industry as industry,
    c.country as country,
    c.region as region,
    c.acquisition_channel as acquisition_channel,
    coalesce(s.started_at, c.started_at, c.any_started_at, f.bought_at) as started_at,
    coalesce(
      case when b.customer_id is null then c.churned_at end, case when s.subscriptions = s.ended then s.ended_at end
    ) as churned_at,
    coalesce(case when b.customer_id is null then c.churn_kind end, case
      when s.subscriptions > s.ended then null
      when lower(s.cancel_reason) like '%payment%fail%' or lower(s.cancel_reason) like '%payment_failed%' then 'failed_payment'
      else 'voluntary'
    end) as churn_kind,
    c.mrr as mrr,
    coalesce(c.currency, s.currency) as currency,
    coalesce(c.file_no, s.file_no) as file_no,
    coalesce(c.row_no, s.row_no) as row_no,
    s.first_place as first_place,
    case when s.customer_id is null and (select count(*) from subscriptions) > 0 then 1 else 0 end as never_subscribed
  from first_rows as c
  full outer join subscribed as s on s.customer_id = c.customer_id
  left join come_back as b on b.customer_id = c.customer_id
  left join first_purchases as f on f.customer_id = coalesce(c.customer_id, s.customer_id)
)
select
  row_number() over (order by j.started_at, j.file_no, j.row_no, j.first_place) - 1 as customer_no,
  j.customer_key as customer_key,
  j.email as email,
  j.company as company,
  j.external_id as external_id,
  j.domain as domain,
  j.account_key as account_key,
  j.plan as plan,
  j.segment as segment,
  j.industry as industry,
  j.country as country,
  j.region as region,
  j.acquisition_channel as acquisition_channel,
  cast(floor(epoch(j.started_at)) as bigint) as started_s,
  cast(extract(year from j.started_at) * 12 + extract(month from j.started_at) - 1 as integer) as started_month,
  case when epoch(j.churned_at) < w.end_s then cast(floor(epoch(j.churned_at)) as bigint) end as churned_s,
  case when epoch(j.churned_at) < w.end_s then j.churn_kind end as churn_kind,
  j.mrr as mrr,
  j.currency as currency
from joined as j
cross join (select max(m.end_s) as end_s from months as m) as w
where j.never_subscribed = 0 and j.started_at is not null
