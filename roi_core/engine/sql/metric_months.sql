-- Months that are whole and that each table of metrics has rows for.
select 'contacts' as table_name, c.month as month
from contacts as c
where c.month in (select p.month from person_months as p)
group by c.month
union all
select 'person_months' as table_name, p.month as month from person_months as p group by p.month
union all
select 'costs' as table_name, c.month as month from costs as c group by c.month
