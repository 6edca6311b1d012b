-- Contacts of customers who could be seen for 14 days after, with whether they ordered in that time, and what.
with reach as (
  select max(b.ordered_s) - 1209600 as until_s from bought as b
),
after as (
  select c.ticket_no as ticket_no, count(*) as orders, sum(b.net) as net
  from contacts as c
  inner join bought as b on b.customer_no = c.customer_no and b.ordered_s > c.created_s and b.ordered_s <= c.created_s + 1209600
  group by c.ticket_no
)
select
  c.*,
  coalesce(a.orders, 0) > 0 as ordered_14d
from metric_contacts as c
inner join reach as r on c.at_s <= r.until_s
left join after as a on a.ticket_no = c.ticket_no
