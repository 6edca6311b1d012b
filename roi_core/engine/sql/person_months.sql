-- One row per customer and calendar month at whose first instant they are a customer.
-- Usage and health: the last value whose day ended by the contact of the month (without one: by the start of the month), if it
-- is at most 62 days old. A contact that asks to cancel is no help.
with contact_months as (
  select c.customer_no as customer_no, c.month as month, count(*) as contacts, min(c.ticket_no) as contact_ticket_no, min(c.created_s) as contact_s
  from contacts as c
  where not c.asks_to_cancel
  group by c.customer_no, c.month
),
grid as (
  select p.customer_no as customer_no, m.month as month, m.start_s as start_s, p.started_s as started_s,
    p.plan as plan, p.segment as segment, p.industry as industry, p.country as country,
    case when (select count(*) from currencies) <= 1 then p.mrr end as flat_mrr
  from people as p
  inner join months as m on m.followed = 1 and p.started_s <= m.start_s and (p.churned_s is null or p.churned_s > m.start_s)
),
with_contacts as (
  select g.*, coalesce(c.contacts, 0) as contacts, c.contact_s as contact_s, c.contact_ticket_no as contact_ticket_no,
    coalesce(c.contact_s, g.start_s) as clock_s
  from grid as g
  left join contact_months as c on c.customer_no = g.customer_no and c.month = g.month
),
earlier as (
  select w.customer_no as customer_no, w.month as month,
    sum(case when h.month >= w.month - 3 then h.contacts else 0 end) as contacts_3m,
    sum(case when h.month >= w.month - 6 and h.month < w.month - 3 then h.contacts else 0 end) as contacts_4_6m,
    sum(h.contacts) as contacts_before
  from with_contacts as w
  inner join contact_months as h on h.customer_no = w.customer_no and h.month < w.month
  group by w.customer_no, w.month
),
moments as (
  select w.customer_no as customer_no, w.clock_s as at_s, 1 as is_question, w.month as month,
    cast(null as double) as usage, cast(null as double) as health
  from with_contacts as w
  union all
  select p.customer_no as customer_no, cast(floor(epoch(u.as_of)) as bigint) + 86400 as at_s, 0 as is_question, cast(null as integer) as month,
    cast(u.usage as double) as usage, cast(u.health as double) as health
  from usage as u
  inner join people as p on p.customer_key = u.customer_id
  where u.as_of is not null
),
runs as (
  select m.*,
    count(m.usage) over (partition by m.customer_no order by m.at_s, m.is_question rows between unbounded preceding and current row) as usage_run,
    count(m.health) over (partition by m.customer_no order by m.at_s, m.is_question rows between unbounded preceding and current row) as health_run
  from moments as m
),
carried as (
  select r.customer_no as customer_no, r.month as month, r.is_question as is_question, r.at_s as at_s,
    max(r.usage) over (partition by r.customer_no, r.usage_run) as usage,
    max(r.health) over (partition by r.customer_no, r.health_run) as health,
    min(r.at_s) over (partition by r.customer_no, r.usage_run) as usage_s,
    min(r.at_s) over (partition by r.customer_no, r.health_run) as health_s
  from runs as r
),
owed as (
  select b.customer_no as customer_no, m.month as month,
    sum(case when b.issued_s + 604800 < m.start_s and (b.paid_s is null or b.paid_s > m.start_s) then 1 else 0 end) as overdue,
    max(case when b.issued_s + 604800 <= m.start_s and b.issued_s + 604800 > m.start_s - 2678400
      and (b.paid_s is null or b.paid_s > b.issued_s + 604800) then 1 else 0 end) as late
  from bills as b
  inner join months as m on b.issued_s < m.start_s and b.issued_s >= m.start_s - 31622400
  where b.customer_no is not null
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
)
select
  w.customer_no as customer_no,
  cast(w.month as integer) as month,
  cast(coalesce(r.mrr, w.flat_mrr) as double) as mrr,
  cast(coalesce(r.known_mrr, w.flat_mrr) as double) as known_mrr,
  case when (select count(*) from subscriptions) > 0 then r.plan else w.plan end as plan,
  w.segment as segment,
  w.industry as industry,
  w.country as country,
  cast(w.start_s - w.started_s as double) / 2629800 as tenure_months,
  cast(w.contacts as bigint) as contacts,
  w.contact_s as contact_s,
  w.contact_ticket_no as contact_ticket_no,
  cast(coalesce(e.contacts_3m, 0) as bigint) as contacts_3m,
  cast(coalesce(e.contacts_4_6m, 0) as bigint) as contacts_4_6m,
  cast(coalesce(e.contacts_before, 0) as bigint) as contacts_before,
  case when k.at_s - k.usage_s <= 5356800 then k.usage end as usage,
  case when k.at_s - k.health_s <= 5356800 then k.health end as health,
  cast(case when (select dated from payments) = 1 then coalesce(o.overdue, 0) end as bigint) as overdue,
  cast(case when y.customer_no is not null
    then 12 - (cast(floor((w.start_s - y.started_s) / 2629800) as bigint) % 12) end as double) as months_to_renewal,
  cast(case when (select dated from payments) = 1 then coalesce(o.late, 0) end as bigint) as late_payment_before
from with_contacts as w
left join monthly_revenue as r on r.customer_no = w.customer_no and r.month = w.month
left join earlier as e on e.customer_no = w.customer_no and e.month = w.month
left join (select * from carried where is_question = 1) as k on k.customer_no = w.customer_no and k.month = w.month
left join owed as o on o.customer_no = w.customer_no and o.month = w.month
left join renewals as y on y.customer_no = w.customer_no and y.month = w.month
order by w.customer_no, w.month
