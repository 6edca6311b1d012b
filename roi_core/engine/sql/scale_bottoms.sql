-- The lowest answer of every scale, by the column in which it stands: 0 up to 100 and wherever somebody answered 0, else 1. Where all answered
-- 1 of 1 nobody knows. `source` is tickets or surveys; a scale that no file gives goes to 5, of effort to 7.
with answered as (
  select 'tickets' as source, t.file_no as file_no, 'csat' as kind, coalesce(t.csat_scale, 5) as top, t.csat_score as score
  from tickets as t
  where t.csat_score is not null
  union all
  select 'surveys' as source, s.file_no as file_no, s.kind as kind, coalesce(s.scale, case when s.kind = 'ces' then 7 else 5 end) as top, s.score as score
  from surveys as s
  where s.kind in ('csat', 'ces') and s.score is not null
),
scored as (
  select a.source as source, a.file_no as file_no, a.kind as kind, a.top as top, max(case when a.score = 0 then 1 else 0 end) as has_0
  from answered as a
  group by a.source, a.file_no, a.kind, a.top
)
select
  c.source as source,
  c.file_no as file_no,
  c.kind as kind,
  c.top as top,
  case
    when c.top = 100 or c.has_0 = 1 or (c.top = 1 and max(c.has_0) over (partition by c.source, c.kind, c.top) = 1) then 0
    when c.top > 1 then 1
  end as bottom
from scored as c
