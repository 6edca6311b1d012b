-- Tickets by the reason why they do not count and by the rules that say so, in the order of their first ticket, and when they were opened.
select t.set_aside as set_aside, t.excluded_by as excluded_by, count(*) as n, min(t.created_s) as first_s, max(t.created_s) as last_s
from counted_tickets as t
group by t.set_aside, t.excluded_by
order by min(t.ticket_row)
