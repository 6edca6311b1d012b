-- Contacts before their customer began, and after they had left: none of them is a contact of a customer.
select
  cast(coalesce(sum(case when t.created_s < p.started_s then 1 else 0 end), 0) as bigint) as before_start,
  cast(coalesce(sum(case when t.created_s >= p.churned_s then 1 else 0 end), 0) as bigint) as after_churn
from counted_tickets as t
inner join links as l on l.ticket_row = t.ticket_row
inner join people as p on p.customer_no = l.customer_no
where t.set_aside is null
