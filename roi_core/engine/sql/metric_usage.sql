-- One row per customer and day of which the files say how much was used; of several for one day the last.
with places as (
  select u.part_no as part_no, u.row_no as row_no,
    row_number() over (partition by u.customer_id, u.as_of order by u.file_no desc, u.row_no desc) as copy
  from usage as u
  where u.customer_id is not null and u.as_of is not null
)
select
  dense_rank() over (order by coalesce(case when s.cluster_no is not null then concat('customer ', s.cluster_no) end, case when u.customer_id is not null then concat('customer_id ', u.customer_id) end, concat('row ', u.file_no, ' ', u.row_no))) as cluster_no,
  u.customer_id as customer_key,
  cast(extract(year from u.as_of) * 12 + extract(month from u.as_of) - 1 as integer) as month,
  cast(floor(epoch(u.as_of)) as bigint) as at_s,
  s.plan as plan, s.segment as segment, s.industry as industry, s.country as country, s.region as region,
  s.acquisition_channel as acquisition_channel, s.started_month as started_month,
  cast(u.usage as double) as usage,
  cast(u.health as double) as health,
  cast(u.active_days as double) as active_days,
  cast(u.features_used as double) as features_used
from usage as u
inner join places as p on p.part_no = u.part_no and p.row_no = u.row_no and p.copy = 1
left join spine as s on s.customer_key = u.customer_id
