-- One row per cart, also those that were left, and whether it became an order.
with places as (
  select c.part_no as part_no, c.row_no as row_no,
    row_number() over (partition by c.system_no, c.cart_id order by c.file_no desc, c.row_no desc) as copy
  from carts as c
  where c.cart_id is not null and c.created_at is not null
)
select
  dense_rank() over (order by coalesce(case when s.cluster_no is not null then concat('customer ', s.cluster_no) end, case when c.customer_id is not null then concat('customer_id ', c.customer_id) end, case when c.email is not null then concat('email ', c.email) end, concat('row ', c.file_no, ' ', c.row_no))) as cluster_no,
  c.cart_id as cart_id,
  cast(extract(year from c.created_at) * 12 + extract(month from c.created_at) - 1 as integer) as month,
  cast(floor(epoch(c.created_at)) as bigint) as at_s,
  s.plan as plan, s.segment as segment, s.industry as industry, s.country as country, s.region as region,
  s.acquisition_channel as acquisition_channel, s.started_month as started_month,
  upper(c.currency) as currency,
  cast(c.amount as double) as amount,
  c.order_id as order_id
from carts as c
inner join places as p on p.part_no = c.part_no and p.row_no = c.row_no and p.copy = 1
left join metric_addresses as w on c.customer_id is null and w.email = c.email
left join spine as s on s.customer_key = coalesce(c.customer_id, w.customer_id)
