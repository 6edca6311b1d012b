-- One row per subscription, the latest state where several files or rows have it: of the file with the latest start, an ended one before a running one.
with dated as (
  select s.*, max(s.started_at) over (partition by s.file_no) as reach
  from subscriptions as s
),
states as (
  select d.*,
    row_number() over (
      partition by d.customer_id, d.subscription_id
      order by
        case when d.reach is null then 1 else 0 end,
        d.reach desc,
        case when d.ended_at is null then 1 else 0 end,
        d.file_no,
        d.row_no
    ) as state
  from dated as d
)
select * from states as s where s.state = 1 or s.subscription_id is null
