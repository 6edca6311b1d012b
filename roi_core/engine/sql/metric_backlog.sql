-- One row per contact and month at whose end it was still open, of months that the files hold to their end. A contact that is resolved and
-- of which no file says when is left out: nobody knows until when it was open. What was done within its own month is in no backlog.
with last as (
  select max(c.month) as month from contacts as c
),
left_open as (
  select c.*
  from metric_contacts as c
  inner join calendar as k on k.month = c.month
  where not (c.resolved and c.resolution_minutes is null)
    and (c.resolution_minutes is null or c.at_s + c.resolution_minutes * 60 >= k.end_s)
)
select
  c.cluster_no as cluster_no,
  c.ticket_no as ticket_no,
  k.month as month,
  c.channel as channel,
  c.category as category,
  c.priority as priority,
  c.agent as agent,
  c.team as team,
  c.handled_by as handled_by,
  c.plan as plan, c.segment as segment, c.industry as industry, c.country as country, c.region as region,
  c.acquisition_channel as acquisition_channel, c.started_month as started_month,
  cast(k.end_s - c.at_s as double) / 86400 as age_days
from left_open as c
cross join last as l
inner join calendar as k on k.month >= c.month and k.month < l.month
where c.resolution_minutes is null or c.at_s + c.resolution_minutes * 60 >= k.end_s
