-- What the files cover, in epoch seconds. Ends of customers and subscriptions may be planned, so they show nothing.
with starts as (
  select min(started_at) as first_start, max(started_at) as last_at from customers
  union all select min(started_at) as first_start, max(started_at) as last_at from subscriptions
  union all select min(bought_at) as first_start, max(bought_at) as last_at from first_purchases
),
moments as (
  select last_at as seen_at from starts
  union all select max(issued_at) as seen_at from invoices
  union all select max(created_at) as seen_at from tickets
  union all select max(as_of) as seen_at from usage
  union all select max(answered_at) as seen_at from surveys
),
covered as (
  select min(created_at) as covered_at from tickets
  union all select min(issued_at) as covered_at from invoices
  union all select min(ordered_at) as covered_at from orders
  union all select min(m.at) as covered_at from mrr_movements as m
)
select
  cast(floor(epoch((select min(first_start) from starts))) as bigint) as first_start_s,
  cast(floor(epoch((select max(seen_at) from moments))) as bigint) as last_s,
  cast(floor(epoch((select min(covered_at) from covered))) as bigint) as first_covered_s,
  (select min(c.month) from costs as c where c.amount is not null) as first_cost_month,
  cast(floor(epoch((select min(created_at) from tickets))) as bigint) as first_ticket_s,
  cast(floor(epoch((select max(created_at) from tickets))) as bigint) as last_ticket_s
