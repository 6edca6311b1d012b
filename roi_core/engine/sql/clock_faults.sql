-- Contacts before their customer began, and after they had left.
select
  cast(coalesce(sum(case when c.created_s < p.started_s then 1 else 0 end), 0) as bigint) as before_start,
  cast(coalesce(sum(case when c.created_s > p.churned_s then 1 else 0 end), 0) as bigint) as after_churn
from contacts as c
inner join people as p on p.customer_no = c.customer_no
