-- Contacts with the traits and the cluster of their customer, as metrics read them.
-- Whether somebody came back within 7 days is known only where 7 days were watched.
with watched as (
  select max(c.created_s) - 604800 as until_s from contacts as c
)
select
  s.cluster_no as cluster_no,
  c.ticket_no as ticket_no,
  c.part_no as part_no,
  c.row_no as row_no,
  c.customer_no as customer_no,
  c.month as month,
  c.created_s as at_s,
  c.channel as channel,
  c.category as category,
  c.priority as priority,
  c.agent as agent,
  c.team as team,
  c.handled_by as handled_by,
  s.plan as plan, s.segment as segment, s.industry as industry, s.country as country, s.region as region,
  s.acquisition_channel as acquisition_channel, s.started_month as started_month,
  c.first_response_minutes as first_response_minutes,
  c.resolution_minutes as resolution_minutes,
  c.replied as replied,
  c.resolved as resolved,
  case when c.created_s <= w.until_s then c.recontact_7d end as recontact_7d,
  c.reopened as reopened,
  c.escalated as escalated,
  c.csat as csat,
  c.load as load,
  c.handle_minutes as handle_minutes
from contacts as c
inner join spine as s on s.customer_no = c.customer_no
cross join watched as w
