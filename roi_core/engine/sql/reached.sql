-- One row per time that the team wrote or called first, with its customer: rows of an outreach list, and tickets that support opened.
select f.customer_no as customer_no, f.at_s as at_s
from (
  select
    case
      when i.customer_no is not null then i.customer_no
      when x.customers = 1 then x.customer_no
      when c.customers = 1 then c.customer_no
    end as customer_no,
    cast(floor(epoch(o.at)) as bigint) as at_s
  from outreach as o
  left join key_owners as i on i.kind = 'customer id' and i.match_key = o.customer_id
  left join key_owners as x on x.kind = 'external id' and x.match_key = o.customer_id
  left join bridge as c on c.kind = 'customer id' and c.match_key = o.customer_id
  where o.at is not null
  union all
  select l.customer_no as customer_no, t.created_s as at_s
  from counted_tickets as t
  inner join links as l on l.ticket_row = t.ticket_row
  where t.set_aside = 'outbound'
) as f
inner join people as p on p.customer_no = f.customer_no
where f.at_s >= p.started_s and (p.churned_s is null or f.at_s < p.churned_s)
order by customer_no, at_s
