-- Everybody who wrote, where no file says who is a customer: by customer id, else e-mail address, telephone number or company; a ticket
-- that names nobody is its own. People of one company share a cluster where tickets name at least 20 companies.
with named as (
  select
    t.*,
    case
      when t.customer_id is not null then concat('customer id ', t.customer_id)
      when t.email is not null then concat('e-mail ', t.email)
      when t.phone is not null then concat('phone ', t.phone)
      when t.company is not null then concat('company ', t.company)
      else concat('ticket ', t.ticket_id)
    end as person
  from counted_tickets as t
  where t.set_aside is null
),
firsts as (
  select
    n.person as person,
    min(n.ticket_row) as first_row,
    min(n.created_s) as started_s,
    min(case when n.company is not null then n.ticket_row end) as company_row
  from named as n
  group by n.person
),
people_of as (
  select f.person as person, f.first_row as first_row, f.started_s as started_s, c.company as company
  from firsts as f
  left join named as c on c.ticket_row = f.company_row
),
numbered as (
  select p.*, row_number() over (order by p.first_row) - 1 as customer_no from people_of as p
)
select
  n.ticket_row as ticket_row,
  p.customer_no as customer_no,
  case
    when p.company is not null and (select count(distinct c.company) from people_of as c) >= 20
      then min(p.customer_no) over (partition by p.company)
    else p.customer_no
  end as cluster_no,
  p.started_s as started_s
from named as n
inner join numbered as p on p.person = n.person
