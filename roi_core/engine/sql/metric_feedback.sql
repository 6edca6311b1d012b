-- One row per remark, with what the customer who made it pays a month at the end of the files.
with places as (
  select f.part_no as part_no, f.row_no as row_no,
    row_number() over (partition by f.system_no, f.feedback_id order by f.file_no desc, f.row_no desc) as copy
  from feedback as f
  where f.feedback_id is not null and f.at is not null
),
paying as (
  select p.customer_no as customer_no, coalesce(g.mrr, p.mrr) as mrr
  from person_months as p
  left join metric_recurring as g on g.customer_no = p.customer_no and g.month = p.month
  where p.month = (select max(m.month) from person_months as m)
)
select
  dense_rank() over (order by coalesce(case when s.cluster_no is not null then concat('customer ', s.cluster_no) end, case when f.customer_id is not null then concat('customer_id ', f.customer_id) end, concat('row ', f.file_no, ' ', f.row_no))) as cluster_no,
  f.feedback_id as feedback_id,
  cast(extract(year from f.at) * 12 + extract(month from f.at) - 1 as integer) as month,
  cast(floor(epoch(f.at)) as bigint) as at_s,
  f.kind as kind,
  f.status as status,
  s.plan as plan, s.segment as segment, s.industry as industry, s.country as country, s.region as region,
  s.acquisition_channel as acquisition_channel, s.started_month as started_month,
  case when f.shipped_at is not null then true else false end as shipped,
  case when f.shipped_at >= f.at then cast(epoch(f.shipped_at) - epoch(f.at) as double) / 86400 end as days,
  cast(f.value as double) as value,
  case when row_number() over (partition by f.kind, f.customer_id order by f.at, f.file_no, f.row_no) = 1 and s.customer_no is not null then m.mrr end as asker_mrr
from feedback as f
inner join places as p on p.part_no = f.part_no and p.row_no = f.row_no and p.copy = 1
left join spine as s on s.customer_key = f.customer_id
left join paying as m on m.customer_no = s.customer_no
