-- Customers whose own row gives no end, by the status of that row: how many there are, and of how many all subscriptions have ended.
-- Of several rows of one customer the one that counts in `people` counts here.
with dated as (
  select c.*, max(c.started_at) over (partition by c.file_no) as reach
  from customers as c
  where c.customer_id is not null and c.file_no not in (select f.file_no from contact_files as f)
),
placed as (
  select d.*,
    row_number() over (
      partition by d.customer_id
      order by
        case when d.reach is null then 1 else 0 end,
        d.reach desc,
        case when d.churned_at is null then 1 else 0 end,
        d.file_no,
        d.row_no
    ) as copy
  from dated as d
),
ended as (
  select s.customer_id as customer_id
  from current_subscriptions as s
  where s.customer_id is not null
  group by s.customer_id
  having count(*) = count(s.ended_at)
)
select p.status as status, count(*) as customers, count(e.customer_id) as told
from placed as p
left join ended as e on e.customer_id = p.customer_id
where p.copy = 1 and p.churned_at is null and p.status is not null
group by p.status
order by p.status
