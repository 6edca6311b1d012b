-- Months between the first and the last one with a contact, which files may cut, with their contacts.
with ends as (
  select min(c.month) as first_month, max(c.month) as last_month from contacts as c
)
select c.month as cluster_no, c.month as month, count(*) as contacts
from contacts as c
cross join ends as e
where c.month > e.first_month and c.month < e.last_month
group by c.month
