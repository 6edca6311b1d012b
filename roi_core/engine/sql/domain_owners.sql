-- Whose e-mail addresses a domain has: known addresses of customers, and of tickets that found theirs in another way than by domain.
with addresses as (
  select c.domain as domain, c.email as email, c.customer_id as customer_key from customers as c
  union select s.domain as domain, s.email as email, s.customer_id as customer_key from subscriptions as s
  union select i.domain as domain, i.email as email, i.customer_id as customer_key from invoices as i where i.domain is not null
  union select o.domain as domain, o.email as email, o.customer_id as customer_key from orders as o where o.domain is not null
),
known as (
  select a.domain as domain, coalesce(a.email, a.customer_key) as email, p.customer_no as customer_no
  from addresses as a
  inner join people as p on p.customer_key = a.customer_key
  where a.domain is not null
  union
  select t.domain as domain, t.email as email, l.customer_no as customer_no
  from counted_tickets as t
  inner join links as l on l.ticket_row = t.ticket_row
  where t.domain is not null and t.email is not null and l.customer_no is not null and l.way <> 'domain'
)
select
  k.domain as domain,
  k.customer_no as customer_no,
  count(*) as addresses,
  sum(count(*)) over (partition by k.domain) as all_addresses,
  count(*) over (partition by k.domain) as customers
from known as k
group by k.domain, k.customer_no
