-- What was billed to a customer in a month, unless it is the rate of the only subscription, or that one is not billed monthly.
-- `recurring` is what of it stands in more than this month: a month above or below both of its neighbours, of which one goes on for another
-- month, is brought to the nearer one (running medians of 3: Tukey 1977, chapter 7). So a set-up fee, a proration, a credit, and a bill that
-- came a month late are no change of the rate. The last month that is followed is left as it is where no later bill is there: nobody knows
-- yet whether it lasts.
with billed as (
  select b.customer_no as customer_no, m.month as month, cast(sum(cast(b.amount as decimal(38, 9))) as double) as amount
  from bills as b
  inner join months as m on m.month = b.issued_month
  where b.status not in ('failed', 'uncollectible') and b.customer_no is not null
  group by b.customer_no, m.month
),
otherwise as (
  select b.customer_no as customer_no, b.month as month, b.amount as amount, cast(r.mrr as double) as rate, r.started_s as started_s,
    coalesce(r.ended_s, 1e15) as ended_s
  from billed as b
  left join running as r on r.customer_no = b.customer_no and r.subscriptions = 1
  where r.customer_no is null or (r.longer = 0 and (r.mrr is null or b.amount <> cast(r.mrr as double)))
),
beside as (
  select o.*,
    lag(o.month, 1) over (partition by o.customer_no order by o.month) as month_1,
    lag(o.amount, 1) over (partition by o.customer_no order by o.month) as amount_1,
    lag(o.month, 2) over (partition by o.customer_no order by o.month) as month_2,
    lag(o.amount, 2) over (partition by o.customer_no order by o.month) as amount_2,
    lead(o.month, 1) over (partition by o.customer_no order by o.month) as month_3,
    lead(o.amount, 1) over (partition by o.customer_no order by o.month) as amount_3,
    lead(o.month, 2) over (partition by o.customer_no order by o.month) as month_4,
    lead(o.amount, 2) over (partition by o.customer_no order by o.month) as amount_4
  from otherwise as o
),
-- Months without a row of their own are billed at the rate while the only subscription runs.
around as (
  select b.customer_no as customer_no, b.month as month, b.amount as amount,
    case
      when b.month_1 = b.month - 2 then b.amount_1
      when b.month_2 = b.month - 2 then b.amount_2
      when b.started_s < p.start_s then b.rate
    end as before_2,
    case when b.month_1 = b.month - 1 then b.amount_1 when p.month is not null and b.started_s < m.start_s then b.rate end as before_1,
    case when b.month_3 = b.month + 1 then b.amount_3 when b.ended_s > n.start_s then b.rate end as after_1,
    case
      when b.month_3 = b.month + 2 then b.amount_3
      when b.month_4 = b.month + 2 then b.amount_4
      when b.ended_s > l.start_s then b.rate
    end as after_2,
    n.month as next_month
  from beside as b
  inner join months as m on m.month = b.month
  left join months as p on p.month = b.month - 1 and p.followed = 1
  left join months as n on n.month = b.month + 1 and n.followed = 1
  left join months as l on l.month = b.month + 2 and l.followed = 1
)
select a.customer_no as customer_no, a.month as month, a.amount as amount,
  case
    when a.before_1 is null and a.after_1 = a.after_2 then a.after_1
    when a.after_1 is null and a.next_month is not null and a.before_1 = a.before_2 then a.before_1
    when a.before_1 is not null and a.after_1 is not null and (a.before_1 = a.after_1 or a.after_1 = a.after_2 or a.before_1 = a.before_2) then
      least(greatest(a.amount, least(a.before_1, a.after_1)), greatest(a.before_1, a.after_1))
    else a.amount
  end as recurring
from around as a
