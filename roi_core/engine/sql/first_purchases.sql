-- Every customer without a start in any file, with the first purchase under their id, e-mail address or telephone number.
-- An address or number that several customers share is nobody's. Null where nothing was bought.
with dates as (
  select c.customer_id as customer_id, c.started_at as started_at
  from customers as c
  where c.file_no not in (select f.file_no from contact_files as f)
  union all
  select s.customer_id as customer_id, s.started_at as started_at from subscriptions as s
),
undated as (
  select d.customer_id as customer_id from dates as d where d.customer_id is not null group by d.customer_id having count(d.started_at) = 0
),
held as (
  select 'customer id' as kind, c.customer_id as match_key, c.customer_id as customer_id from customers as c
  union all select 'customer id' as kind, s.customer_id as match_key, s.customer_id as customer_id from subscriptions as s
  union all select 'e-mail' as kind, c.email as match_key, c.customer_id as customer_id from customers as c
  union all select 'e-mail' as kind, s.email as match_key, s.customer_id as customer_id from subscriptions as s
  union all select 'phone' as kind, c.phone as match_key, c.customer_id as customer_id from customers as c
),
wanted as (
  select distinct h.kind as kind, h.match_key as match_key
  from held as h
  inner join undated as u on u.customer_id = h.customer_id
  where h.match_key is not null
),
own as (
  select h.kind as kind, h.match_key as match_key, min(h.customer_id) as customer_id
  from held as h
  inner join wanted as w on w.kind = h.kind and w.match_key = h.match_key
  group by h.kind, h.match_key
  having count(distinct h.customer_id) = 1
),
bills as (
  select i.* from invoices as i where coalesce(i.status, 'paid') not in ('draft', 'void', 'failed')
),
baskets as (
  select o.* from orders as o where coalesce(o.status, 'paid') not in ('cancelled', 'failed') and coalesce(o.amount, 0) >= 0
),
bought as (
  select 'customer id' as kind, b.customer_id as match_key, b.issued_at as bought_at from bills as b
  union all select 'e-mail' as kind, b.email as match_key, b.issued_at as bought_at from bills as b
  union all select 'customer id' as kind, o.customer_id as match_key, o.ordered_at as bought_at from baskets as o
  union all select 'e-mail' as kind, o.email as match_key, o.ordered_at as bought_at from baskets as o
  union all select 'phone' as kind, o.phone as match_key, o.ordered_at as bought_at from baskets as o
),
firsts as (
  select a.customer_id as customer_id, min(b.bought_at) as bought_at
  from own as a
  inner join bought as b on b.kind = a.kind and b.match_key = a.match_key
  group by a.customer_id
)
select u.customer_id as customer_id, f.bought_at as bought_at
from undated as u
left join firsts as f on f.customer_id = u.customer_id
