-- One row per subscription of a customer: from when to when it runs, its plan and its rate a month, and how many the customer has.
-- A subscription without a start runs from the start of its customer. Where others of its file name their interval, one that
-- names none that can be read is not taken for a monthly one. What bills show to be the price of an interval is divided
-- by its months. What movements give is the rate itself, whatever is billed. Where nothing of a customer runs for at most seven days, the
-- subscriptions that ended last run on to the next: a term that is renewed late is no pause.
with told as (
  select s.*,
    coalesce(s.interval, case
      when s.subscription_id is null and s.mrr_is_monthly then 'movement'
      when max(s.interval) over (partition by s.file_no) is null then 'month'
    end) as billed_each,
    s.mrr / coalesce(case when s.mrr_is_monthly is null then b.months end, 1.0) as mrr_a_month
  from current_subscriptions as s
  left join price_basis as b on b.file_no = s.file_no and b.interval = s.interval
),
dated as (
  select p.customer_no as customer_no, coalesce(epoch(t.started_at), p.started_s) as started_s, epoch(t.ended_at) as ended_s,
    t.mrr_a_month as mrr_a_month, t.plan as plan, t.billed_each as billed_each
  from told as t
  inner join people as p on p.customer_key = t.customer_id
),
reached as (
  select d.customer_no as customer_no,
    max(coalesce(d.ended_s, 1e15)) over (partition by d.customer_no order by d.started_s rows between unbounded preceding and current row) as ended_s,
    lead(d.started_s) over (partition by d.customer_no order by d.started_s) as next_s
  from dated as d
),
short_gaps as (
  select r.customer_no as customer_no, r.ended_s as ended_s, r.next_s as next_s
  from reached as r
  where r.next_s > r.ended_s and r.next_s <= r.ended_s + 604800
)
select
  d.customer_no as customer_no,
  d.started_s as started_s,
  coalesce(g.next_s, d.ended_s) as ended_s,
  cast(d.mrr_a_month as decimal(38, 9)) as mrr,
  d.plan as plan,
  case when d.billed_each = 'month' then 0 else 1 end as longer,
  count(*) over (partition by d.customer_no) as subscriptions
from dated as d
left join short_gaps as g on g.customer_no = d.customer_no and g.ended_s = d.ended_s
