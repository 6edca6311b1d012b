-- The cost sheet by month number, component and currency (null where no file says it). Where files give the same month, component,
-- activity and team, the one that was loaded last stands in for the others: it is a corrected sheet, not a second cost.
with ranked as (
  select
    c.month as month,
    lower(coalesce(c.component, 'other')) as component,
    upper(c.currency) as currency,
    c.amount as amount,
    c.part_no as part_no,
    max(c.part_no) over (partition by c.month, lower(coalesce(c.component, 'other')), c.activity, c.team) as last_part
  from costs as c
  where c.month is not null and c.amount is not null
)
select
  cast(r.month as integer) as month,
  r.component as component,
  r.currency as currency,
  cast(sum(cast(r.amount as decimal(38, 9))) as double) as amount
from ranked as r
where r.part_no = r.last_part
group by r.month, r.component, r.currency
order by month, component, currency
