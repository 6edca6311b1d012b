-- One row per deal, in the month it was opened. A deal is decided where the file says that it is won, or closed and not won; else where its stage
-- says so. A close date alone decides nothing: that of an open deal is a forecast.
-- Of several states of a deal that of the file that reaches furthest counts, and there the one that knows of the later decision.
with stages as (
  select o.part_no as part_no, o.row_no as row_no, concat(' ', replace(replace(replace(lower(o.stage), '_', ' '), '-', ' '), '/', ' '), ' ') as words
  from opportunities as o
  where o.stage is not null
),
told as (
  select s.part_no as part_no, s.row_no as row_no,
    case
      when s.words like '% lost %' or s.words like '%closedlost%' or s.words like '% not won %' or s.words like '% verloren %'
        or s.words like '% perdu %' or s.words like '% perdue %' or s.words like '% perdido %' or s.words like '% perdida %' then false
      when s.words like '% won %' or s.words like '%closedwon%' or s.words like '% gewonnen %'
        or s.words like '% gagné %' or s.words like '% gagnée %' or s.words like '% ganado %' or s.words like '% ganada %' then true
    end as won
  from stages as s
),
decided as (
  select o.part_no as part_no, o.row_no as row_no,
    case when o.won then true when o.won is null then t.won when t.won = false or o.closed_at is not null then false end as won
  from opportunities as o
  left join told as t on t.part_no = o.part_no and t.row_no = o.row_no
),
dated as (
  select o.part_no as part_no, o.row_no as row_no, o.system_no as system_no, o.file_no as file_no, o.opportunity_id as opportunity_id,
    case when d.won is not null then 1 else 0 end as is_decided,
    case when d.won is not null and o.closed_at > o.opened_at then o.closed_at else o.opened_at end as event
  from opportunities as o
  inner join decided as d on d.part_no = o.part_no and d.row_no = o.row_no
  where o.opportunity_id is not null and o.opened_at is not null
),
reaches as (
  select d.file_no as file_no, max(d.event) as reach from dated as d group by d.file_no
),
places as (
  select d.part_no as part_no, d.row_no as row_no,
    row_number() over (
      partition by d.system_no, d.opportunity_id order by r.reach desc, d.is_decided desc, d.event desc, d.file_no desc, d.row_no desc
    ) as copy
  from dated as d
  inner join reaches as r on r.file_no is not distinct from d.file_no
)
select
  dense_rank() over (order by coalesce(case when s.cluster_no is not null then concat('customer ', s.cluster_no) end, case when o.customer_id is not null then concat('customer_id ', o.customer_id) end, concat('row ', o.file_no, ' ', o.row_no))) as cluster_no,
  o.opportunity_id as opportunity_id,
  cast(extract(year from o.opened_at) * 12 + extract(month from o.opened_at) - 1 as integer) as month,
  cast(floor(epoch(o.opened_at)) as bigint) as at_s,
  o.kind as kind,
  o.source as source,
  o.stage as stage,
  s.plan as plan, s.segment as segment, s.industry as industry, s.country as country, s.region as region,
  s.acquisition_channel as acquisition_channel, s.started_month as started_month,
  upper(o.currency) as currency,
  cast(o.amount as double) as amount,
  d.won as won,
  case when d.won is not null and o.closed_at >= o.opened_at then cast(epoch(o.closed_at) - epoch(o.opened_at) as double) / 86400 end as days,
  lower(o.source) like '%support%' or lower(o.source) like '%helpdesk%' or lower(o.source) like '%ticket%' as from_support
from opportunities as o
inner join places as p on p.part_no = o.part_no and p.row_no = o.row_no and p.copy = 1
inner join decided as d on d.part_no = o.part_no and d.row_no = o.row_no
left join spine as s on s.customer_key = o.customer_id
