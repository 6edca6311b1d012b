-- One row per review.
with places as (
  select r.part_no as part_no, r.row_no as row_no,
    row_number() over (partition by r.system_no, r.review_id order by r.file_no desc, r.row_no desc) as copy
  from reviews as r
  where r.review_id is not null and r.at is not null
)
select
  dense_rank() over (order by coalesce(case when s.cluster_no is not null then concat('customer ', s.cluster_no) end, case when r.customer_id is not null then concat('customer_id ', r.customer_id) end, concat('row ', r.file_no, ' ', r.row_no))) as cluster_no,
  r.review_id as review_id,
  cast(extract(year from r.at) * 12 + extract(month from r.at) - 1 as integer) as month,
  cast(floor(epoch(r.at)) as bigint) as at_s,
  r.product as product,
  r.customer_id as customer_id,
  s.plan as plan, s.segment as segment, s.industry as industry, s.country as country, s.region as region,
  s.acquisition_channel as acquisition_channel, s.started_month as started_month,
  cast(r.score as double) as score
from reviews as r
inner join places as p on p.part_no = r.part_no and p.row_no = r.row_no and p.copy = 1
left join spine as s on s.customer_key = r.customer_id
