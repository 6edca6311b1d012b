-- Tickets without a customer, by company, largest first.
select t.company as company, count(*) as n
from counted_tickets as t
inner join links as l on l.ticket_row = t.ticket_row
where l.customer_no is null and t.set_aside is null
group by t.company
order by n desc, min(t.ticket_row)
