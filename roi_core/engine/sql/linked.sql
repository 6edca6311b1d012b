-- The links that were found by themselves: way, key, customer and tickets, largest first.
with named as (
  select
    l.way as way,
    l.customer_no as customer_no,
    t.ticket_row as ticket_row,
    case
      when l.way in ('customer id', 'external id') then 'customer id'
      when l.way = 'e-mail' then 'e-mail'
      when l.way = 'company name' then 'company name'
      when l.way = 'order number' then 'order number'
      when l.way = 'phone' then 'phone'
      when t.email is not null then 'e-mail'
      when t.account_id is not null then 'account id'
      when t.customer_id is not null then 'customer id'
      else 'company name'
    end as kind,
    t.customer_id as customer_id,
    t.account_id as account_id,
    t.email as email,
    t.company as company,
    t.phone as phone,
    t.order_id as order_id
  from counted_tickets as t
  inner join links as l on l.ticket_row = t.ticket_row
  where t.set_aside is null and l.way is not null and l.way not in ('added by you', 'domain')
),
keyed as (
  select
    n.way as way,
    n.kind as kind,
    case n.kind
      when 'customer id' then n.customer_id
      when 'account id' then n.account_id
      when 'e-mail' then n.email
      when 'company name' then n.company
      when 'phone' then n.phone
      else n.order_id
    end as match_key,
    n.customer_no as customer_no,
    n.ticket_row as ticket_row
  from named as n
),
-- The largest first, by number: only of these is the customer's key looked up.
largest as (
  select k.way as way, k.kind as kind, k.match_key as match_key, k.customer_no as customer_no, count(*) as n, min(k.ticket_row) as first_row
  from keyed as k
  group by k.way, k.kind, k.match_key, k.customer_no
  order by n desc, first_row
  limit 200
)
select l.way as way, l.kind as kind, l.match_key as match_key, p.customer_key as customer_key, l.n as n
from largest as l
inner join people as p on p.customer_no = l.customer_no
order by l.n desc, l.first_row
