-- One row per subscription, the latest state where several files or rows have it: of the file with the latest start, an ended one before a running one.
-- Only ids that stand in several rows have states to put in order.
with repeated as (
  select s.customer_id as customer_id, s.subscription_id as subscription_id
  from subscriptions as s
  where s.subscription_id is not null
  group by s.customer_id, s.subscription_id
  having count(*) > 1
),
reaches as (
  select s.file_no as file_no, max(s.started_at) as reach from subscriptions as s group by s.file_no
),
states as (
  select s.part_no as part_no, s.row_no as row_no,
    row_number() over (
      partition by s.customer_id, s.subscription_id
      order by
        case when e.reach is null then 1 else 0 end,
        e.reach desc,
        case when s.ended_at is null then 1 else 0 end,
        s.file_no,
        s.row_no
    ) as state
  from subscriptions as s
  inner join repeated as r on r.customer_id is not distinct from s.customer_id and r.subscription_id = s.subscription_id
  inner join reaches as e on e.file_no is not distinct from s.file_no
)
select s.*
from subscriptions as s
left join states as t on t.part_no = s.part_no and t.row_no = s.row_no
where coalesce(t.state, 1) = 1
