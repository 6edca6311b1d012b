-- Months that are whole and that each table of metrics has rows for.
select 'contacts' as table_name, c.month as month
from contacts as c
cross join metric_recorded as r
where c.month between r.first_written and r.last_written
group by c.month
union all
select 'person_months' as table_name, p.month as month from person_months as p group by p.month
union all
select 'costs' as table_name, c.month as month from costs as c group by c.month
