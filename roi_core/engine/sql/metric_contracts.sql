-- One row per contract, in the month in which its term ends: what is due to be renewed.
-- Of several states of a contract that of the file that reaches furthest counts, then the one that knows whether it was renewed, and until when.
with reaches as (
  select c.file_no as file_no, max(c.started_at) as reach from contracts as c group by c.file_no
),
places as (
  select c.part_no as part_no, c.row_no as row_no,
    row_number() over (
      partition by c.system_no, c.contract_id
      order by r.reach desc, case when c.renewed is not null then 0 else 1 end, c.ends_at desc, c.file_no desc, c.row_no desc
    ) as copy
  from contracts as c
  inner join reaches as r on r.file_no is not distinct from c.file_no
  where c.contract_id is not null and c.started_at is not null and c.ends_at is not null
)
select
  dense_rank() over (order by coalesce(case when s.cluster_no is not null then concat('customer ', s.cluster_no) end, case when c.customer_id is not null then concat('customer_id ', c.customer_id) end, concat('row ', c.file_no, ' ', c.row_no))) as cluster_no,
  c.contract_id as contract_id,
  cast(extract(year from c.ends_at) * 12 + extract(month from c.ends_at) - 1 as integer) as month,
  cast(floor(epoch(c.ends_at)) as bigint) as at_s,
  s.plan as plan, s.segment as segment, s.industry as industry, s.country as country, s.region as region,
  s.acquisition_channel as acquisition_channel, s.started_month as started_month,
  upper(c.currency) as currency,
  c.renewed as renewed,
  cast(c.value as double) as value,
  cast(c.scope_change as double) as scope_change,
  cast(epoch(c.ends_at) + 86400 - epoch(c.started_at) as double) / 2629800 as term_months
from contracts as c
inner join places as p on p.part_no = c.part_no and p.row_no = c.row_no and p.copy = 1
left join spine as s on s.customer_key = c.customer_id
