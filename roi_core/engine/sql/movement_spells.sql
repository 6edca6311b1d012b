-- What movements of the monthly revenue say of who was a customer when, as rows of subscriptions without an id: one for every level that a customer
-- paid, from one movement to the next. Churn ends all of it, whatever its amount; churn and contraction take away, whatever their sign.
-- A customer whose first movement is no beginning was one before: known from the customers' file alone, else without a start. What they paid
-- before is known where a later churn gives it back. Where there is one such customer the file begins later than its customers did: then those
-- of the customers' file who have no movement paid the same all the while. Nothing where subscriptions have dates of their own.
with starts as (
  select c.customer_id as customer_id, min(c.started_at) as started_at from customers as c where c.customer_id is not null group by c.customer_id
),
-- Movements of one instant are put in the order in which they can have come: who was a customer can only end first, who was none only begin first.
-- What an instant with as many beginnings as ends leaves is what was there before it. The rest comes before a last end, else after everything.
moved as (
  select m.*,
    case when m.kind = 'churn' then 'end' when m.kind in ('new', 'reactivation') then 'begin' else 'change' end as does,
    case when m.kind in ('churn', 'contraction') then -abs(m.amount) else m.amount end as change
  from mrr_movements as m
  where m.customer_id is not null and m.at is not null
),
instants as (
  select m.customer_id as customer_id, m.at as at,
    sum(case when m.does = 'begin' then 1 else 0 end) as begins,
    sum(case when m.does = 'end' then 1 else 0 end) as ends,
    sum(case when m.kind = 'new' then 1 else 0 end) as firsts
  from moved as m
  group by m.customer_id, m.at
),
recalled as (
  select i.*,
    sum(i.firsts) over (partition by i.customer_id order by i.at rows between unbounded preceding and current row) as firsts_so_far,
    max(case when i.begins <> i.ends or i.ends = 0 then i.at end) over (
      partition by i.customer_id order by i.at rows between unbounded preceding and 1 preceding
    ) as told_at
  from instants as i
),
occasions as (
  select r.customer_id as customer_id, r.at as at, r.begins as begins, r.ends as ends,
    case
      when t.at is not null then case when t.begins >= t.ends then 1 else 0 end
      when r.firsts_so_far > 0 or r.begins > r.ends then 0
      else 1
    end as was_there
  from recalled as r
  left join instants as t on t.customer_id = r.customer_id and t.at = r.told_at
),
placed as (
  select m.*, o.begins as begins, o.ends as ends, o.was_there as was_there,
    row_number() over (
      partition by m.customer_id, m.at, m.does order by case when m.kind = 'new' then 0 else 1 end, m.file_no, m.row_no
    ) - 1 as turn
  from moved as m
  inner join occasions as o on o.customer_id = m.customer_id and o.at = m.at
),
signed as (
  select p.*,
    row_number() over (
      partition by p.customer_id
      order by
        p.at,
        case
          when p.does = 'end' then 2.0 * p.turn + 1 - p.was_there
          when p.does = 'begin' then 2.0 * p.turn + p.was_there
          when p.ends > 0 and p.ends >= p.begins + p.was_there then 2.0 * p.ends - p.was_there - 1.5
          else 2.0 * (p.begins + p.ends)
        end,
        p.file_no,
        p.row_no
    ) as nth
  from placed as p
),
stretched as (
  select s.*,
    coalesce(sum(case when s.kind = 'churn' then 1 else 0 end) over (
      partition by s.customer_id order by s.nth rows between unbounded preceding and 1 preceding
    ), 0) as stretch,
    lead(s.at) over (partition by s.customer_id order by s.nth) as next_at
  from signed as s
),
begun as (
  select s.customer_id as customer_id, s.stretch as stretch, min(s.at) as first_at, min(s.file_no) as file_no, min(s.row_no) as row_no,
    max(s.currency) as currency, max(s.company) as company,
    max(case when s.nth = 1 and s.kind not in ('new', 'reactivation') then 1 else 0 end) as late,
    case
      when max(case when s.nth = 1 and s.kind not in ('new', 'reactivation') then 1 else 0 end) = 0 then 0.0
      when max(case when s.kind = 'churn' then 1 else 0 end) = 1 then -cast(sum(cast(s.change as decimal(38, 9))) as double)
    end as base
  from stretched as s
  group by s.customer_id, s.stretch
),
levels as (
  select s.customer_id as customer_id, s.company as company, s.plan as plan, s.currency as currency, s.kind as kind, s.at as started_at,
    s.next_at as ended_at, s.file_no as file_no, s.row_no as row_no, b.late as late,
    b.base + cast(sum(cast(s.change as decimal(38, 9))) over (partition by s.customer_id, s.stretch order by s.nth) as double) as mrr,
    case when s.next_at is null then null else 'earlier level' end as status
  from stretched as s
  inner join begun as b on b.customer_id = s.customer_id and b.stretch = s.stretch
),
spells as (
  select l.customer_id as customer_id, l.company as company, l.plan as plan, l.currency as currency, l.started_at as started_at,
    l.ended_at as ended_at, l.file_no as file_no, l.row_no as row_no, l.mrr as mrr, l.status as status
  from levels as l
  left join starts as s on s.customer_id = l.customer_id
  where l.kind <> 'churn' and (l.late = 0 or s.started_at is not null)
  union all
  select b.customer_id as customer_id, b.company as company, cast(null as varchar) as plan, b.currency as currency, s.started_at as started_at,
    case when s.started_at is not null then b.first_at else e.ended_at end as ended_at,
    b.file_no as file_no, b.row_no as row_no, case when s.started_at is not null then b.base end as mrr, 'earlier level' as status
  from begun as b
  left join starts as s on s.customer_id = b.customer_id
  left join (
    select l.customer_id as customer_id, l.started_at as ended_at from levels as l where l.kind = 'churn' and l.late = 1
  ) as e on e.customer_id = b.customer_id
  where b.late = 1
  union all
  select c.customer_id as customer_id, c.company as company, c.plan as plan, c.currency as currency, c.started_at as started_at,
    c.churned_at as ended_at, c.file_no as file_no, c.row_no as row_no, c.mrr as mrr, cast(null as varchar) as status
  from customers as c
  where c.started_at is not null and c.mrr is not null and (select max(b.late) from begun as b) = 1
    and not exists (select 1 from mrr_movements as m where m.customer_id = c.customer_id)
)
select
  cast(null as varchar) as subscription_id,
  s.customer_id as customer_id,
  cast(null as varchar) as email,
  s.company as company,
  cast(null as varchar) as company_written,
  cast(null as varchar) as domain,
  s.plan as plan,
  s.started_at as started_at,
  s.ended_at as ended_at,
  cast(null as varchar) as cancel_reason,
  cast(case when s.mrr < 0 then 0.0 else s.mrr end as double) as mrr,
  true as mrr_is_monthly,
  s.currency as currency,
  cast(null as varchar) as interval,
  cast(null as double) as quantity,
  s.status as status,
  s.row_no as row_no,
  s.file_no as file_no,
  cast(0 as bigint) as part_no
from spells as s
where not exists (select 1 from subscriptions as d where d.started_at is not null)
