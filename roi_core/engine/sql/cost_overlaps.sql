-- Lines of cost sheets (month, component, activity and team) that two parts have: how many, by part and other part.
with lines as (
  select distinct
    c.part_no as part_no,
    c.month as month,
    lower(coalesce(c.component, 'other')) as component,
    coalesce(c.activity, '') as activity,
    coalesce(c.team, '') as team
  from costs as c
  where c.month is not null and c.amount is not null
)
select a.part_no as part_no, b.part_no as other_no, count(*) as n
from lines as a
inner join lines as b
  on b.month = a.month and b.component = a.component and b.activity = a.activity and b.team = a.team and b.part_no <> a.part_no
group by a.part_no, b.part_no
order by part_no, other_no
