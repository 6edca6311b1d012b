-- One row per agent and whole month with contacts: how many, in how many paid hours where the list of agents says. What a bot answered alone is no
-- work of an agent.
with paid as (
  select a.agent as agent, max(a.hours_per_month) as hours from agents as a where a.agent is not null group by a.agent
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
cross join metric_recorded as r
left join paid as p on p.agent = c.agent
where c.agent is not null and coalesce(c.handled_by, 'human') <> 'bot' and c.month between r.first_written and r.last_written
group by c.agent, c.month
