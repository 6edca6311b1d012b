-- The latest state of every ticket of every system, priority, category and channel of its first, and the reason why it does not count, if any.
with states as (
  select
    t.*,
    row_number() over (
      partition by t.system_no, t.ticket_id
      order by coalesce(t.updated_at, t.created_at) desc, t.file_no desc, t.row_no desc
    ) as state,
    first_value(t.priority) over opened as first_priority,
    first_value(coalesce(t.category, t.type)) over opened as first_category,
    first_value(t.channel) over opened as first_channel,
    first_value(t.asks_to_cancel) over opened as first_asks_to_cancel,
    coalesce(
      t.excluded_by,
      case
        when t.merged_into is not null or lower(t.status) = 'merged' then 'merged'
        when coalesce(t.outbound, false) then 'outbound'
        when coalesce(t.automated, false) then 'automated'
        when lower(t.status) = 'spam' then 'spam'
        when lower(t.status) in ('deleted', 'trash') then 'deleted'
        when replace(replace(lower(t.lifecycle_stage), '-', '_'), ' ', '_') in ('pre_sale', 'presale') then 'pre_sale'
      end
    ) as rules
  from tickets as t
  where t.ticket_id is not null and t.created_at is not null
  window opened as (partition by t.system_no, t.ticket_id order by coalesce(t.updated_at, t.created_at), t.file_no, t.row_no)
),
-- Ids that tickets of several systems have: what names a ticket by such an id alone names none.
shared as (
  select s.ticket_id as ticket_id from states as s where s.state = 1 group by s.ticket_id having count(*) > 1
),
-- The first rule in force of every set of rules that occurs.
reasons as (
  select c.rules as rules, min(e.place) as place
  from (select distinct s.rules as rules from states as s where s.state = 1 and s.rules is not null) as c
  inner join exclusions as e on concat(',', c.rules, ',') like concat('%,', e.rule, ',%')
  group by c.rules
)
select
  row_number() over (order by s.created_at, s.file_no, s.row_no) - 1 as ticket_row,
  case when h.ticket_id is null then s.ticket_id else concat(s.ticket_id, ' / system ', s.system_no + 1) end as ticket_id,
  s.customer_id as customer_id,
  s.account_id as account_id,
  s.email as email,
  s.company as company,
  s.company_written as company_written,
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
  s.rules as excluded_by,
  e.reason as set_aside
from states as s
left join shared as h on h.ticket_id = s.ticket_id
left join reasons as r on r.rules = s.rules
left join exclusions as e on e.place = r.place
where s.state = 1
