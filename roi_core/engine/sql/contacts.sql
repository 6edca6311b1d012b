-- One row per ticket that counts as a contact of a known customer, opened while they were one.
-- What looks at other contacts is worked out on few columns. Tickets are numbered in the order in which they were opened.
-- Of several answers about one ticket the latest counts, on its own scale. A score that has no time was given when the ticket was opened.
with given as (
  select s.ticket_id as ticket_id, s.score as score, b.top as top, b.bottom as bottom, cast(floor(epoch(s.answered_at)) as bigint) as answered_s,
    row_number() over (
      partition by s.ticket_id
      order by case when s.answered_at is null then 1 else 0 end, s.answered_at desc, s.file_no desc, s.row_no desc
    ) as nth
  from surveys as s
  inner join scale_bottoms as b
    on b.source = 'surveys' and b.kind = 'csat' and b.file_no is not distinct from s.file_no and b.top = coalesce(s.scale, 5)
  where s.kind = 'csat' and s.ticket_id is not null and s.score is not null
),
answered as (
  select a.* from given as a where a.nth = 1
),
-- Teams and matters of a customer as numbers: what looks at other contacts sorts and compares numbers alone.
teams as (
  select d.team as team, row_number() over (order by d.team) as team_no
  from (select distinct coalesce(t.team, '') as team from counted_tickets as t) as d
),
matters as (
  select d.matter as matter, row_number() over (order by d.matter) as matter_no
  from (select distinct coalesce(t.category, '') as matter from counted_tickets as t) as d
),
known as (
  select t.ticket_row as ticket_row, l.customer_no as customer_no, t.created_s as created_s, t.created_month as created_month,
    l.customer_no * (select count(*) + 1 from matters) + f.matter_no as matter_no, g.team_no as team_no
  from counted_tickets as t
  inner join links as l on l.ticket_row = t.ticket_row
  inner join people as p on p.customer_no = l.customer_no
  inner join matters as f on f.matter = coalesce(t.category, '')
  inner join teams as g on g.team = coalesce(t.team, '')
  where t.set_aside is null and t.created_s >= p.started_s and (p.churned_s is null or t.created_s < p.churned_s)
),
-- The rank of a contact among those of its team, and among those and the ends of their days, gives what came and what went before it.
-- An end comes after the contacts of its second: times are doubled, and one is added.
days as (
  select k.ticket_row as ticket_row, k.team_no as team_no, 2 * k.created_s as place from known as k
  union all
  select cast(null as bigint) as ticket_row, k.team_no as team_no, 2 * (k.created_s + 86400) + 1 as place from known as k
),
passed as (
  select d.ticket_row as ticket_row, rank() over (partition by d.team_no order by d.place) - 1 as came_and_went from days as d
),
timed as (
  select
    k.ticket_row as ticket_row,
    k.customer_no as customer_no,
    k.created_month as created_month,
    lead(k.created_s) over (partition by k.matter_no order by k.ticket_row) as next_s,
    rank() over (partition by k.team_no order by k.created_s) - 1 as came
  from known as k
),
numbered as (
  select
    row_number() over (order by d.ticket_row) - 1 as ticket_no,
    d.ticket_row as ticket_row,
    d.customer_no as customer_no,
    d.created_month as month,
    d.next_s as next_s,
    2 * d.came - p.came_and_went as load_24h
  from timed as d
  inner join passed as p on p.ticket_row = d.ticket_row
  where d.created_month in (select m.month from months as m)
),
rated as (
  select
    t.*,
    coalesce(t.csat_score, a.score) as csat_raw,
    greatest(t.created_s, coalesce(a.answered_s, t.created_s)) as answered_s,
    case when t.csat_score is not null then t.csat_scale else a.top end as csat_top,
    case when t.csat_score is not null then t.csat_bottom else a.bottom end as csat_lowest
  from counted_tickets as t
  left join answered as a on a.ticket_id = t.ticket_id
)
select
  n.ticket_no as ticket_no,
  n.ticket_row as ticket_row,
  t.part_no as part_no,
  t.row_no as row_no,
  n.customer_no as customer_no,
  cast(n.month as integer) as month,
  t.created_s as created_s,
  t.channel as channel,
  t.category as category,
  t.priority as priority,
  t.agent as agent,
  t.team as team,
  t.handled_by as handled_by,
  case when t.first_response_s >= t.created_s then cast(t.first_response_s - t.created_s as double) / 60 end as first_response_minutes,
  case when t.resolved_s >= t.created_s then cast(t.resolved_s - t.created_s as double) / 60 end as resolution_minutes,
  t.first_response_s is not null or coalesce(t.replies, 0) > 0 as replied,
  case
    when t.first_response_s is not null then t.first_response_s <= t.created_s + 604800
    when coalesce(t.replies, 0) = 0 then false
  end as replied_7d,
  t.resolved_s is not null or t.status in ('resolved', 'closed', 'solved') as resolved,
  case
    when n.next_s - t.created_s <= 604800 then true
    when t.created_s + 604800 <= (select max(c.created_s) from counted_tickets as c) then false
  end as recontact_7d,
  t.reopens > 0 as reopened,
  t.escalated as escalated,
  case when t.csat_raw >= t.csat_lowest and t.csat_raw <= t.csat_top then cast(t.csat_raw - t.csat_lowest as double) / (t.csat_top - t.csat_lowest) end as csat,
  cast(t.csat_raw as double) as csat_raw,
  cast(t.csat_top as double) as csat_scale,
  case when t.csat_raw is not null then t.answered_s end as rated_s,
  t.asks_to_cancel as asks_to_cancel,
  cast(n.load_24h as double) as load,
  cast(t.handle_minutes as double) as handle_minutes
from numbered as n
inner join rated as t on t.ticket_row = n.ticket_row
order by ticket_no
