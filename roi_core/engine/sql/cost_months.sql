-- The cost sheet by month number and component.
select
  cast(c.month as integer) as month,
  lower(coalesce(c.component, 'other')) as component,
  cast(sum(c.amount) as double) as amount
from costs as c
where c.month is not null and c.amount is not null
group by c.month, lower(coalesce(c.component, 'other'))
order by month, component
