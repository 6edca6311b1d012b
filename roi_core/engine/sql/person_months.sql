-- One row per customer and calendar month at whose first instant they are a customer.
-- Usage and health: the last value whose day ended by the contact of the month (without one: by the start of the month), if it
-- is at most 62 days old.
-- Plan and revenue: of the subscriptions that run at the first instant of the month, what was billed in it where billing is monthly,
-- else their rate. Where a customer has subscriptions and none of them runs, they pay nothing: what a list of customers states is of today.
-- Several currencies are never added up: no revenue then.
-- Of several values for one day that of the file with the latest day is carried, and there that of the last row.
with files as (
  select u.file_no as file_no, row_number() over (order by max(u.as_of), u.file_no) as place from usage as u group by u.file_no
),
noted as (
  select p.customer_no as customer_no, cast(floor(epoch(u.as_of)) as bigint) + 86400 as at_s, u.usage as usage, u.health as health,
    f.place as file_place, u.row_no as row_no
  from usage as u
  inner join people as p on p.customer_key = u.customer_id
  inner join files as f on f.file_no = u.file_no
  where u.as_of is not null
),
moments as (
  select w.customer_no as customer_no, coalesce(w.contact_s, w.start_s) as at_s, 1 as is_question, w.month as month,
    cast(null as double) as usage, cast(null as double) as health, cast(null as bigint) as file_place, cast(null as bigint) as row_no
  from customer_months as w
  where w.customer_no in (select n.customer_no from noted as n)
  union all
  select n.customer_no as customer_no, n.at_s as at_s, 0 as is_question, cast(null as integer) as month,
    n.usage as usage, n.health as health, n.file_place as file_place, n.row_no as row_no
  from noted as n
),
runs as (
  select m.*,
    count(m.usage) over (partition by m.customer_no order by m.at_s, m.is_question, m.file_place, m.row_no rows between unbounded preceding and current row) as usage_run,
    count(m.health) over (partition by m.customer_no order by m.at_s, m.is_question, m.file_place, m.row_no rows between unbounded preceding and current row) as health_run
  from moments as m
),
usage_read as (
  select r.customer_no as customer_no, r.usage_run as run, r.usage as usage, r.at_s as at_s from runs as r where r.usage is not null
),
health_read as (
  select r.customer_no as customer_no, r.health_run as run, r.health as health, r.at_s as at_s from runs as r where r.health is not null
),
carried as (
  select q.customer_no as customer_no, q.month as month,
    case when q.at_s - u.at_s <= 5356800 then u.usage end as usage,
    case when q.at_s - h.at_s <= 5356800 then h.health end as health
  from runs as q
  left join usage_read as u on u.customer_no = q.customer_no and u.run = q.usage_run
  left join health_read as h on h.customer_no = q.customer_no and h.run = q.health_run
  where q.is_question = 1
),
-- Only a bill that was not paid within seven days can be overdue or late.
slow as (
  select b.customer_no as customer_no, b.issued_s as issued_s, b.issued_s + 604800 as due_s, b.paid_s as paid_s
  from bills as b
  where b.customer_no is not null and (b.paid_s is null or b.paid_s > b.issued_s + 604800)
),
owed as (
  select b.customer_no as customer_no, m.month as month,
    sum(case when b.due_s < m.start_s and (b.paid_s is null or b.paid_s > m.start_s) then 1 else 0 end) as overdue,
    max(case when b.due_s <= m.start_s and b.due_s > m.start_s - 2678400 then 1 else 0 end) as late
  from slow as b
  inner join months as m on b.issued_s < m.start_s and b.issued_s >= m.start_s - 31622400
  group by b.customer_no, m.month
),
renewals as (
  select p.customer_no as customer_no, m.month as month, max(epoch(s.started_at)) as started_s
  from current_subscriptions as s
  inner join people as p on p.customer_key = s.customer_id
  inner join months as m on epoch(s.started_at) <= m.start_s and (s.ended_at is null or epoch(s.ended_at) > m.start_s)
  where s.interval = 'year'
  group by p.customer_no, m.month
),
payments as (
  select case when count(*) > 0 and count(b.paid_s) >= 0.5 * count(*) then 1 else 0 end as dated from bills as b where b.status <> 'failed'
),
subscribers as (
  select r.customer_no as customer_no, cast(0 as double) as paused from running as r group by r.customer_no
)
select
  w.customer_no as customer_no,
  cast(w.month as integer) as month,
  cast(case when (select count(*) from currencies) <= 1 then
    coalesce(case when coalesce(s.longer, r.longer) = 0 then b.amount end, cast(s.mrr as double), r.mrr, u.paused, p.mrr) end as double) as mrr,
  cast(case when (select count(*) from currencies) <= 1 then
    coalesce(case when coalesce(s.longer, r.longer) = 0 then e.amount end, cast(s.mrr as double), r.mrr, u.paused, p.mrr) end as double) as known_mrr,
  cast(case when (select count(*) from currencies) <= 1 then coalesce(cast(s.mrr as double), r.mrr, u.paused) end as double) as stated_mrr,
  case when (select count(*) from subscriptions) > 0 then coalesce(s.plan, r.plan) else p.plan end as plan,
  p.segment as segment,
  p.industry as industry,
  p.country as country,
  cast(w.start_s - p.started_s as double) / 2629800 as tenure_months,
  cast(w.contacts as bigint) as contacts,
  w.contact_s as contact_s,
  w.contact_ticket_no as contact_ticket_no,
  cast(w.contacts_3m as bigint) as contacts_3m,
  cast(w.contacts_4_6m as bigint) as contacts_4_6m,
  w.contacts_before as contacts_before,
  k.usage as usage,
  k.health as health,
  cast(case when (select dated from payments) = 1 then coalesce(o.overdue, 0) end as bigint) as overdue,
  cast(case when y.customer_no is not null
    then 12 - (cast(floor((w.start_s - y.started_s) / 2629800) as bigint) % 12) end as double) as months_to_renewal,
  cast(case when (select dated from payments) = 1 then coalesce(o.late, 0) end as bigint) as late_payment_before
from customer_months as w
inner join people as p on p.customer_no = w.customer_no
left join running as s
  on s.customer_no = w.customer_no and s.subscriptions = 1 and s.started_s <= w.start_s and (s.ended_s is null or s.ended_s > w.start_s)
left join added_rates as r on r.customer_no = w.customer_no and r.month = w.month
left join subscribers as u on u.customer_no = w.customer_no and s.customer_no is null and r.customer_no is null
left join billed_otherwise as b on b.customer_no = w.customer_no and b.month = w.month
left join billed_otherwise as e on e.customer_no = w.customer_no and e.month = w.month - 1
left join carried as k on k.customer_no = w.customer_no and k.month = w.month
left join owed as o on o.customer_no = w.customer_no and o.month = w.month
left join renewals as y on y.customer_no = w.customer_no and y.month = w.month
order by w.customer_no, w.month
