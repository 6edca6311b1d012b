-- One row per agent and whole month with contacts: how many, in how many paid hours where the list of agents says.
with paid as (
  select a.agent as agent, max(a.hours_per_month) as hours from agents as a where a.agent is not null group by a.agent
),
ends as (
  select min(c.month) as first_month, max(c.month) as last_month from contacts as c
)
select
  dense_rank() over (order by c.agent) as cluster_no,
  c.agent as agent,
  max(c.team) as team,
  c.month as month,
  count(*) as contacts,
  sum(case when c.resolved then 1 else 0 end) as resolved,
  max(p.hours) as hours
from contacts as c
cross join ends as e
left join paid as p on p.agent = c.agent
where c.agent is not null and c.month > e.first_month and c.month < e.last_month
group by c.agent, c.month
