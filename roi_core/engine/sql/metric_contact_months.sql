-- Whole months with their contacts, those in which nobody wrote as well.
with written as (
  select c.month as month, count(*) as contacts from contacts as c group by c.month
)
select k.month as cluster_no, k.month as month, coalesce(w.contacts, 0) as contacts
from calendar as k
cross join metric_recorded as r
left join written as w on w.month = k.month
where k.month between r.first_written and r.last_written
