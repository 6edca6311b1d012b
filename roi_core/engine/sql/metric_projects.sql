-- One row per project; projects of one customer's contracts belong together where the files hold the contracts.
with places as (
  select j.part_no as part_no, j.row_no as row_no,
    row_number() over (partition by j.system_no, j.project_id order by j.file_no desc, j.row_no desc) as copy
  from projects as j
  where j.project_id is not null
),
owners as (
  select c.contract_id as contract_id, min(c.customer_id) as customer_id from contracts as c where c.contract_id is not null group by c.contract_id
)
select
  dense_rank() over (order by coalesce(case when o.customer_id is not null then concat('customer ', o.customer_id) end,
    case when j.contract_id is not null then concat('contract ', j.contract_id) end, concat('project ', j.project_id))) as cluster_no,
  j.project_id as project_id,
  cast(j.planned_hours as double) as planned_hours,
  cast(j.actual_hours as double) as actual_hours,
  cast(j.overhead_hours as double) as overhead_hours
from projects as j
inner join places as p on p.part_no = j.part_no and p.row_no = j.row_no and p.copy = 1
left join owners as o on o.contract_id = j.contract_id
