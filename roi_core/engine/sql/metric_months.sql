-- Months that are whole and that each table of metrics has rows for. Where no customer months are known, nothing says whether the first
-- and the last month with a contact are whole, so these two do not count.
select 'contacts' as table_name, c.month as month
from contacts as c
cross join metric_recorded as r
where (c.month in (select p.month from person_months as p) and c.month between r.first_written and r.last_written)
  or (
    (select count(*) from person_months as p) = 0
    and c.month > (select min(a.month) from contacts as a)
    and c.month < (select max(a.month) from contacts as a)
  )
group by c.month
union all
select 'person_months' as table_name, p.month as month from person_months as p group by p.month
union all
select 'costs' as table_name, c.month as month from costs as c group by c.month
