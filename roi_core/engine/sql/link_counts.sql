-- Tickets by the way they found their customer, and by the reason why they do not count; those whose id was passed over among them.
select t.set_aside as set_aside, l.way as way, count(*) as n, cast(sum(l.is_passed_over) as bigint) as passed_over
from counted_tickets as t
inner join links as l on l.ticket_row = t.ticket_row
group by t.set_aside, l.way
order by n desc, l.way
