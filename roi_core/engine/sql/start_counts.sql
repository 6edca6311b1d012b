-- Customers whose start is their first purchase, customers who are left out for want of any start, and tickets that have no date.
-- A customer who never subscribed is left out for that, where subscriptions are known.
with undated as (
  select f.customer_id as customer_id,
    max(case when s.customer_id is not null or (select count(*) from subscriptions) = 0 then 1 else 0 end) as follows,
    max(case when p.customer_key is not null then 1 else 0 end) as followed
  from first_purchases as f
  left join subscriptions as s on s.customer_id = f.customer_id
  left join people as p on p.customer_key = f.customer_id
  group by f.customer_id
)
select
  cast(coalesce(sum(u.followed), 0) as bigint) as from_purchase,
  cast(coalesce(sum(case when u.followed = 0 and u.follows = 1 then 1 else 0 end), 0) as bigint) as without_start,
  (select count(*) from tickets as t where t.created_at is null) as undated_tickets
from undated as u
