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
running as (
  select p.customer_no as customer_no, coalesce(epoch(t.started_at), p.started_s) as started_s, epoch(t.ended_at) as ended_s,
    cast(t.mrr_a_month as decimal(38, 9)) as mrr, t.plan as plan, case when t.billed_each = 'month' then 0 else 1 end as longer,
    count(*) over (partition by p.customer_no) as subscriptions
  from told as t
  inner join people as p on p.customer_key = t.customer_id
),
-- Most customers have one subscription: nothing is to be added up then.
rates as (
  select s.customer_no as customer_no, m.month as month, cast(s.mrr as double) as mrr, s.plan as plan, s.longer as longer
  from running as s
  inner join months as m on s.started_s <= m.start_s and (s.ended_s is null or s.ended_s > m.start_s)
  where s.subscriptions = 1
  union all
  select s.customer_no as customer_no, m.month as month, cast(sum(s.mrr) as double) as mrr, max(s.plan) as plan, max(s.longer) as longer
  from running as s
  inner join months as m on s.started_s <= m.start_s and (s.ended_s is null or s.ended_s > m.start_s)
  where s.subscriptions > 1
  group by s.customer_no, m.month
),
billed as (
  select b.customer_no as customer_no, m.month as month, cast(sum(cast(b.amount as decimal(38, 9))) as double) as amount
  from bills as b
  inner join months as m on m.month = b.issued_month
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
