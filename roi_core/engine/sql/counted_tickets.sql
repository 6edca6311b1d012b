-- The latest state of every ticket, priority, category and channel of its first, and the reason why it does not count, if any.
with states as (
  select
    t.*,
    row_number() over (
      partition by t.ticket_id
      order by coalesce(t.updated_at, t.created_at) desc, t.file_no desc, t.row_no desc
    ) as state,
    first_value(t.priority) over opened as first_priority,
    first_value(coalesce(t.category, t.type)) over opened as first_category,
    first_value(t.channel) over opened as first_channel,
    first_value(t.asks_to_cancel) over opened as first_asks_to_cancel
  from tickets as t
  where t.ticket_id is not null and t.created_at is not null
  window opened as (partition by t.ticket_id order by coalesce(t.updated_at, t.created_at), t.file_no, t.row_no)
)
select
  row_number() over (order by s.created_at, s.file_no, s.row_no) - 1 as ticket_row,
  s.ticket_id as ticket_id,
  s.customer_id as customer_id,
  s.account_id as account_id,
  s.email as email,
  s.company as company,
  s.domain as domain,
  s.phone as phone,
  replace(s.order_id, '#', '') as order_id,
  coalesce(s.id_lost, false) as id_lost,
  cast(floor(epoch(s.created_at)) as bigint) as created_s,
  cast(floor(epoch(s.first_response_at)) as bigint) as first_response_s,
  cast(floor(epoch(coalesce(s.resolved_at, s.closed_at))) as bigint) as resolved_s,
  lower(s.status) as status,
  s.first_priority as priority,
  s.first_category as category,
  s.first_channel as channel,
  s.agent as agent,
  s.team as team,
  s.reopens as reopens,
  s.escalated as escalated,
  s.replies as replies,
  s.handled_by as handled_by,
  s.handle_minutes as handle_minutes,
  s.csat_score as csat_score,
  s.csat_scale as csat_scale,
  coalesce(s.first_asks_to_cancel, false) as asks_to_cancel,
  case
    when s.merged_into is not null or lower(s.status) = 'merged' then 'merged'
    when coalesce(s.outbound, false) then 'outbound'
    when coalesce(s.automated, false) then 'automated'
    when lower(s.status) in ('spam', 'deleted', 'trash') then 'spam or deleted'
    when replace(replace(lower(s.lifecycle_stage), '-', '_'), ' ', '_') in ('pre_sale', 'presale') then 'pre-sale'
  end as set_aside
from states as s
where s.state = 1
