-- One row per subscription of a customer: from when to when it runs, its plan and its rate a month, and how many the customer has.
-- A subscription without a start runs from the start of its customer. Where others of its file name their interval, one that
-- names none that can be read is not taken for a monthly one. What bills show to be the price of an interval is divided
-- by its months. What movements give is the rate itself, whatever is billed.
with told as (
  select s.*,
    coalesce(s.interval, case
      when s.subscription_id is null and s.mrr_is_monthly then 'movement'
      when max(s.interval) over (partition by s.file_no) is null then 'month'
    end) as billed_each,
    s.mrr / coalesce(case when s.mrr_is_monthly is null then b.months end, 1.0) as mrr_a_month
  from current_subscriptions as s
  left join price_basis as b on b.file_no = s.file_no and b.interval = s.interval
)
select
  p.customer_no as customer_no,
  coalesce(epoch(t.started_at), p.started_s) as started_s,
  epoch(t.ended_at) as ended_s,
  cast(t.mrr_a_month as decimal(38, 9)) as mrr,
  t.plan as plan,
  case when t.billed_each = 'month' then 0 else 1 end as longer,
  count(*) over (partition by p.customer_no) as subscriptions
from told as t
inner join people as p on p.customer_key = t.customer_id
