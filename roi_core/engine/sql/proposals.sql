-- Links by e-mail domain that nobody has decided on: for domains with tickets without a customer, each customer with addresses there.
with waiting as (
  select t.domain as domain, count(*) as n, min(t.ticket_row) as first_row
  from counted_tickets as t
  inner join links as l on l.ticket_row = t.ticket_row
  where t.set_aside is null and t.domain is not null and l.customer_no is null and l.is_rejected = 0
  group by t.domain
),
rejected as (
  select d.match_key as domain, d.customer_no as customer_no from decided as d where d.verdict = 'reject' and d.kind = 'domain'
),
open_owners as (
  select o.*, count(*) over (partition by o.domain) as open_customers
  from domain_owners as o
  left join rejected as r on r.domain = o.domain and r.customer_no = o.customer_no
  where r.customer_no is null
)
select
  w.domain as domain,
  p.customer_key as customer_key,
  cast(o.addresses as bigint) as addresses,
  cast(o.all_addresses as bigint) as all_addresses,
  o.customers as customers,
  w.n as n
from waiting as w
inner join open_owners as o on o.domain = w.domain
inner join people as p on p.customer_no = o.customer_no
order by w.n desc, w.first_row, o.addresses desc, o.customer_no
limit 200
