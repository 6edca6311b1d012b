-- One row per customer and calendar month at whose first instant they are a customer, with the contacts of the month and of those before.
-- A contact that asks to cancel is no help.
with edges as (
  select min(m.month) as first_month, max(m.month) as last_month from months as m where m.followed = 1
),
-- What lies more than six months before the first month that is followed is looked back at as one month.
contact_months as (
  select c.customer_no as customer_no, case when c.month < e.first_month - 7 then e.first_month - 7 else c.month end as month,
    count(*) as contacts, min(c.ticket_no) as contact_ticket_no, min(c.created_s) as contact_s
  from contacts as c
  cross join edges as e
  where not c.asks_to_cancel
  group by c.customer_no, case when c.month < e.first_month - 7 then e.first_month - 7 else c.month end
),
-- Every month in which a customer was one for a moment, without a gap, so that the row before is the month before.
grid as (
  select p.customer_no as customer_no, m.month as month, case when m.followed = 1 and p.started_s <= m.start_s then 1 else 0 end as is_whole
  from people as p
  inner join months as m on p.started_s < m.end_s and (p.churned_s is null or p.churned_s > m.start_s)
  inner join edges as e on m.month >= e.first_month - 7 and m.month <= e.last_month
),
tracked as (
  select g.customer_no as customer_no, g.month as month, g.is_whole as is_whole, cast(coalesce(c.contacts, 0) as integer) as contacts,
    c.contact_s as contact_s, c.contact_ticket_no as contact_ticket_no
  from grid as g
  left join contact_months as c on c.customer_no = g.customer_no and c.month = g.month
),
looked_back as (
  select t.*,
    coalesce(lag(t.contacts, 1) over earlier, 0) + coalesce(lag(t.contacts, 2) over earlier, 0) + coalesce(lag(t.contacts, 3) over earlier, 0) as contacts_3m,
    coalesce(lag(t.contacts, 4) over earlier, 0) + coalesce(lag(t.contacts, 5) over earlier, 0) + coalesce(lag(t.contacts, 6) over earlier, 0) as contacts_4_6m,
    sum(t.contacts) over (partition by t.customer_no order by t.month rows between unbounded preceding and 1 preceding) as contacts_before
  from tracked as t
  window earlier as (partition by t.customer_no order by t.month)
)
select
  b.customer_no as customer_no,
  b.month as month,
  m.start_s as start_s,
  b.contacts as contacts,
  b.contact_s as contact_s,
  b.contact_ticket_no as contact_ticket_no,
  b.contacts_3m as contacts_3m,
  b.contacts_4_6m as contacts_4_6m,
  cast(coalesce(b.contacts_before, 0) as bigint) as contacts_before
from looked_back as b
inner join months as m on m.month = b.month
where b.is_whole = 1
