-- One row per deal, in the month it was opened. A deal is decided where it is won, or closed without being won.
with places as (
  select o.part_no as part_no, o.row_no as row_no,
    row_number() over (partition by o.system_no, o.opportunity_id order by o.file_no desc, o.row_no desc) as copy
  from opportunities as o
  where o.opportunity_id is not null and o.opened_at is not null
)
select
  dense_rank() over (order by coalesce(case when s.cluster_no is not null then concat('customer ', s.cluster_no) end, case when o.customer_id is not null then concat('customer_id ', o.customer_id) end, concat('row ', o.file_no, ' ', o.row_no))) as cluster_no,
  o.opportunity_id as opportunity_id,
  cast(extract(year from o.opened_at) * 12 + extract(month from o.opened_at) - 1 as integer) as month,
  cast(floor(epoch(o.opened_at)) as bigint) as at_s,
  o.kind as kind,
  o.source as source,
  o.stage as stage,
  s.plan as plan, s.segment as segment, s.industry as industry, s.country as country, s.region as region,
  s.acquisition_channel as acquisition_channel, s.started_month as started_month,
  upper(o.currency) as currency,
  cast(o.amount as double) as amount,
  case when o.won then true when o.closed_at is not null then false end as won,
  case when o.closed_at >= o.opened_at then cast(epoch(o.closed_at) - epoch(o.opened_at) as double) / 86400 end as days,
  lower(o.source) like '%support%' or lower(o.source) like '%helpdesk%' or lower(o.source) like '%ticket%' as from_support
from opportunities as o
inner join places as p on p.part_no = o.part_no and p.row_no = o.row_no and p.copy = 1
left join spine as s on s.customer_key = o.customer_id
