-- Plan and monthly revenue of a customer by the subscriptions that run at the first instant of the month: what was billed in
-- it where billing is monthly, else the subscriptions' own rate. Several currencies are never added up: no revenue then.
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
),
rates as (
  select
    p.customer_no as customer_no,
    m.month as month,
    sum(s.mrr_a_month) as mrr,
    max(s.plan) as plan,
    max(case when s.billed_each = 'month' then 0 else 1 end) as longer
  from told as s
  inner join people as p on p.customer_key = s.customer_id
  inner join months as m on coalesce(epoch(s.started_at), p.started_s) <= m.start_s and (s.ended_at is null or epoch(s.ended_at) > m.start_s)
  group by p.customer_no, m.month
),
billed as (
  select b.customer_no as customer_no, m.month as month, sum(b.amount) as amount
  from bills as b
  inner join months as m on b.issued_s >= m.start_s and b.issued_s < m.end_s
  where b.status not in ('failed', 'uncollectible') and b.customer_no is not null
  group by b.customer_no, m.month
)
select
  r.customer_no as customer_no,
  r.month as month,
  r.plan as plan,
  cast(case
    when (select count(*) from currencies) > 1 then null
    when r.longer = 0 then coalesce(b.amount, r.mrr)
    else r.mrr
  end as double) as mrr,
  cast(case
    when (select count(*) from currencies) > 1 then null
    when r.longer = 0 then coalesce(e.amount, r.mrr)
    else r.mrr
  end as double) as known_mrr
from rates as r
left join billed as b on b.customer_no = r.customer_no and b.month = r.month
left join billed as e on e.customer_no = r.customer_no and e.month = r.month - 1
