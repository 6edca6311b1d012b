-- One row per contract of a customer who can be followed: when it begins and ends, whether it was renewed, and what it is worth.
-- Of several states of a contract that of the file that reaches furthest counts, then the one that knows whether it was renewed, and until when.
-- Several currencies are never added up: no values then, and none in another currency than that of the company.
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
  cast(p.customer_no as bigint) as customer_no,
  cast(floor(epoch(c.started_at)) as bigint) as starts_s,
  cast(floor(epoch(c.ends_at)) as bigint) + 86399 as ends_s,
  cast(case when c.renewed is not null then case when c.renewed then 1 else 0 end end as bigint) as renewed,
  cast(case
    when (select count(*) from currencies) <= 1 and coalesce(upper(c.currency) in (select currency from currencies), true) then c.value
  end as double) as value
from contracts as c
inner join places as q on q.part_no = c.part_no and q.row_no = c.row_no
inner join people as p on p.customer_key = c.customer_id
where q.copy = 1 and c.started_at is not null and c.ends_at is not null
order by p.customer_no, c.started_at, c.ends_at, c.contract_id
