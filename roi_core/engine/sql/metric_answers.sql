-- One row per answer to a survey with the traits of who answered and of the ticket it was about, where the files say.
-- Who answered is told by customer id, else by an e-mail address that one customer alone has.
-- An answer that stands in several files counts once, as it was given last. Scores of effort are stretched to 0 (hardest) to 1 (easiest).
with places as (
  select a.part_no as part_no, a.row_no as row_no,
    row_number() over (partition by a.system_no, a.response_id order by a.answered_at desc, a.file_no desc, a.row_no desc) as copy
  from surveys as a
  where a.response_id is not null and a.score is not null and a.answered_at is not null
),
about as (
  select t.ticket_id as ticket_id, min(t.channel) as channel, min(coalesce(t.category, t.type)) as category, min(t.priority) as priority,
    min(t.agent) as agent, min(t.team) as team, max(coalesce(t.resolved_at, t.closed_at)) as resolved_at
  from tickets as t
  where t.ticket_id is not null
  group by t.ticket_id
  having max(t.system_no) = min(t.system_no)
),
asked as (
  select a.part_no as part_no, a.row_no as row_no, a.file_no as file_no, a.kind as kind, a.score as score,
    coalesce(a.scale, case when a.kind = 'ces' then 7 else 5 end) as top
  from surveys as a
  where a.kind in ('csat', 'ces') and a.score is not null
),
stretched as (
  select c.part_no as part_no, c.row_no as row_no,
    case when c.score >= b.bottom and c.score <= c.top then cast(c.score - b.bottom as double) / (c.top - b.bottom) end as reached
  from asked as c
  inner join scale_bottoms as b on b.source = 'surveys' and b.kind = c.kind and b.file_no is not distinct from c.file_no and b.top = c.top
)
select
  dense_rank() over (order by coalesce(case when s.cluster_no is not null then concat('customer ', s.cluster_no) end, case when a.customer_id is not null then concat('customer_id ', a.customer_id) end, case when a.email is not null then concat('email ', a.email) end, concat('row ', a.file_no, ' ', a.row_no))) as cluster_no,
  a.response_id as response_id,
  cast(extract(year from a.answered_at) * 12 + extract(month from a.answered_at) - 1 as integer) as month,
  cast(floor(epoch(a.answered_at)) as bigint) as at_s,
  a.kind as kind,
  t.channel as channel,
  t.category as category,
  t.priority as priority,
  t.agent as agent,
  t.team as team,
  s.plan as plan, s.segment as segment, s.industry as industry, s.country as country, s.region as region,
  s.acquisition_channel as acquisition_channel, s.started_month as started_month,
  cast(a.score as double) as score,
  case when a.kind = 'nps' and a.score >= 0 and a.score <= 10 then cast(a.score as double) end as nps,
  case when a.kind = 'csat' then c.reached end as csat,
  case when a.kind = 'ces' then c.reached end as ease,
  case when a.answered_at >= a.sent_at then cast(epoch(a.answered_at) - epoch(a.sent_at) as double) / 3600 end as answer_hours,
  case when a.sent_at >= t.resolved_at then cast(epoch(a.sent_at) - epoch(t.resolved_at) as double) / 3600 end as asked_hours,
  case when s.customer_no is not null then true else false end as is_known
from surveys as a
inner join places as p on p.part_no = a.part_no and p.row_no = a.row_no and p.copy = 1
left join metric_addresses as w on a.customer_id is null and w.email = a.email
left join spine as s on s.customer_key = coalesce(a.customer_id, w.customer_id)
left join about as t on t.ticket_id = a.ticket_id
left join stretched as c on c.part_no = a.part_no and c.row_no = a.row_no
