-- The latest state of every ticket of every system, priority, category and channel of its first, and the reason why it does not count, if any.
-- Without a time of change the file that reaches furthest tells the later state, and in it the row that knows of the later event.
-- A ticket that is open now is not resolved, whatever time an earlier resolution left in it.
-- Ids that stand in several rows: only these have states to put in order. One that several systems have names no ticket by itself.
with repeated as (
  select t.ticket_id as ticket_id, max(t.system_no) > min(t.system_no) as is_shared
  from tickets as t
  where t.ticket_id is not null and t.created_at is not null
  group by t.ticket_id
  having count(*) > 1
),
-- The last thing that a file knows of, and that a row does.
reaches as (
  select m.file_no as file_no,
    greatest(
      max(m.created_at), coalesce(max(m.updated_at), max(m.created_at)), coalesce(max(m.first_response_at), max(m.created_at)),
      coalesce(max(m.resolved_at), max(m.created_at)), coalesce(max(m.closed_at), max(m.created_at))
    ) as reach
  from tickets as m
  where m.created_at is not null
  group by m.file_no
),
dated as (
  select t.part_no as part_no, t.row_no as row_no, r.is_shared as is_shared, h.reach as reach, coalesce(t.updated_at, t.created_at) as changed,
    greatest(
      t.created_at, coalesce(t.first_response_at, t.created_at), coalesce(t.resolved_at, t.created_at), coalesce(t.closed_at, t.created_at)
    ) as event
  from tickets as t
  inner join repeated as r on r.ticket_id = t.ticket_id
  inner join reaches as h on h.file_no is not distinct from t.file_no
  where t.created_at is not null
),
states as (
  select
    t.part_no as part_no,
    t.row_no as row_no,
    d.is_shared as is_shared,
    row_number() over (
      partition by t.system_no, t.ticket_id
      order by d.changed desc, d.reach desc, d.event desc, t.file_no desc, t.row_no desc
    ) as state,
    first_value(t.priority) over opened as first_priority,
    first_value(coalesce(t.category, t.type)) over opened as first_category,
    first_value(t.channel) over opened as first_channel,
    first_value(t.asks_to_cancel) over opened as first_asks_to_cancel
  from tickets as t
  inner join dated as d on d.part_no = t.part_no and d.row_no = t.row_no
  window opened as (partition by t.system_no, t.ticket_id order by d.changed, d.reach, d.event, t.file_no, t.row_no)
),
numbered as (
  select
    t.part_no as part_no,
    t.row_no as row_no,
    row_number() over (order by t.created_at, t.file_no, t.row_no) - 1 as ticket_row
  from tickets as t
  left join states as s on s.part_no = t.part_no and s.row_no = t.row_no
  where t.ticket_id is not null and t.created_at is not null and coalesce(s.state, 1) = 1
),
judged as (
  select
    t.part_no as part_no,
    t.row_no as row_no,
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
),
ruled as (
  select j.* from judged as j where j.rules is not null
),
-- The first rule in force of every set of rules that occurs.
reasons as (
  select c.rules as rules, min(e.place) as place
  from (select distinct u.rules as rules from ruled as u) as c
  inner join exclusions as e on concat(',', c.rules, ',') like concat('%,', e.rule, ',%')
  group by c.rules
),
-- What is known of few tickets is put beside their numbers alone; all their columns are joined once, at the end.
told as (
  select
    n.ticket_row as ticket_row,
    n.part_no as part_no,
    n.row_no as row_no,
    s.state as state,
    s.is_shared as is_shared,
    s.first_priority as first_priority,
    s.first_category as first_category,
    s.first_channel as first_channel,
    s.first_asks_to_cancel as first_asks_to_cancel,
    u.rules as rules,
    e.reason as reason
  from numbered as n
  left join states as s on s.part_no = n.part_no and s.row_no = n.row_no
  left join ruled as u on u.part_no = n.part_no and u.row_no = n.row_no
  left join reasons as r on r.rules = u.rules
  left join exclusions as e on e.place = r.place
)
select
  s.ticket_row as ticket_row,
  s.part_no as part_no,
  s.row_no as row_no,
  case when s.is_shared then concat(t.ticket_id, ' / system ', t.system_no + 1) else t.ticket_id end as ticket_id,
  t.customer_id as customer_id,
  t.account_id as account_id,
  t.email as email,
  t.company as company,
  t.company_written as company_written,
  t.domain as domain,
  t.phone as phone,
  replace(t.order_id, '#', '') as order_id,
  coalesce(t.id_lost, false) as id_lost,
  cast(floor(epoch(t.created_at)) as bigint) as created_s,
  cast(extract(year from t.created_at) * 12 + extract(month from t.created_at) - 1 as integer) as created_month,
  cast(floor(epoch(t.first_response_at)) as bigint) as first_response_s,
  case when t.status is null or lower(t.status) not in ('open', 'pending', 'new') then cast(floor(epoch(coalesce(t.resolved_at, t.closed_at))) as bigint) end as resolved_s,
  lower(t.status) as status,
  case when s.state = 1 then s.first_priority else t.priority end as priority,
  case when s.state = 1 then s.first_category else coalesce(t.category, t.type) end as category,
  case when s.state = 1 then s.first_channel else t.channel end as channel,
  t.agent as agent,
  t.team as team,
  t.reopens as reopens,
  t.escalated as escalated,
  t.replies as replies,
  t.handled_by as handled_by,
  t.handle_minutes as handle_minutes,
  t.csat_score as csat_score,
  case when t.csat_score is not null then coalesce(t.csat_scale, 5) end as csat_scale,
  b.bottom as csat_bottom,
  coalesce(case when s.state = 1 then s.first_asks_to_cancel else t.asks_to_cancel end, false) as asks_to_cancel,
  s.rules as excluded_by,
  s.reason as set_aside
from told as s
left join tickets as t on t.part_no = s.part_no and t.row_no = s.row_no
left join scale_bottoms as b
  on t.csat_score is not null and b.source = 'tickets' and b.file_no is not distinct from t.file_no and b.top = coalesce(t.csat_scale, 5)
