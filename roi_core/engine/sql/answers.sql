-- One row per answer to a satisfaction survey that names a customer and no ticket of the files, given since they became one.
-- Who answered is told by customer id, else by an e-mail address that one customer alone has. An answer that stands in several files counts once,
-- as it was given last; scores are stretched from the lowest answer of their scale to its highest.
with about as (
  select distinct t.ticket_id as ticket_id from counted_tickets as t where t.ticket_id is not null
),
given as (
  select a.customer_id as customer_id, a.email as email, a.score as score, a.file_no as file_no, a.row_no as row_no,
    cast(floor(epoch(a.answered_at)) as bigint) as rated_s, coalesce(a.scale, 5) as top,
    cast(extract(year from a.answered_at) * 12 + extract(month from a.answered_at) - 1 as integer) as month,
    row_number() over (
      partition by a.system_no, coalesce(a.response_id, concat('row ', a.part_no, ' ', a.row_no)) order by a.answered_at desc, a.file_no desc, a.row_no desc
    ) as copy
  from surveys as a
  left join about as t on t.ticket_id = a.ticket_id
  where a.kind = 'csat' and a.score is not null and a.answered_at is not null and t.ticket_id is null
),
told as (
  select
    case
      when i.customer_no is not null then i.customer_no
      when x.customers = 1 then x.customer_no
      when c.customers = 1 then c.customer_no
      when g.customer_id is null and e.customers = 1 then e.customer_no
    end as customer_no,
    g.*
  from given as g
  left join key_owners as i on i.kind = 'customer id' and i.match_key = g.customer_id
  left join key_owners as x on x.kind = 'external id' and x.match_key = g.customer_id
  left join bridge as c on c.kind = 'customer id' and c.match_key = g.customer_id
  left join key_owners as e on e.kind = 'e-mail' and e.match_key = g.email
  where g.copy = 1
)
select
  f.customer_no as customer_no,
  f.rated_s as rated_s,
  case when f.score >= b.bottom and f.score <= f.top then cast(f.score - b.bottom as double) / (f.top - b.bottom) end as csat,
  cast(f.score as double) as csat_raw,
  cast(f.top as double) as csat_scale
from told as f
inner join people as p on p.customer_no = f.customer_no
inner join scale_bottoms as b on b.source = 'surveys' and b.kind = 'csat' and b.file_no is not distinct from f.file_no and b.top = f.top
where f.rated_s >= p.started_s and f.month in (select m.month from months as m)
order by f.customer_no, f.rated_s, csat_raw, csat_scale, csat
