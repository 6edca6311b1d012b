-- Contacts with further columns of their ticket in the file, as it stands there now.
select
  c.*,
  t.ticket_id as ticket_id,
  t.type as type,
  t.product as product,
  t.language as language,
  t.lifecycle_stage as lifecycle_stage,
  t.replies as replies,
  t.reopens as reopens,
  t.sla_met as sla_met,
  case when c.resolved and t.due_at is not null and coalesce(t.resolved_at, t.closed_at) is not null then coalesce(t.resolved_at, t.closed_at) <= t.due_at end as in_time,
  case when t.assigned_at >= t.created_at then cast(floor(epoch(t.assigned_at)) - floor(epoch(t.created_at)) as double) / 60 end as assigned_minutes,
  cast(t.vendor_first_response_minutes as double) as vendor_first_response_minutes,
  cast(t.vendor_resolution_minutes as double) as vendor_resolution_minutes
from metric_contacts as c
inner join tickets as t on t.part_no = c.part_no and t.row_no = c.row_no
