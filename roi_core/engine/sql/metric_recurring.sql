-- What of the revenue of a customer's month is no rate, since it was billed in that month alone: a set-up fee, a proration, a credit, a bill that came
-- late. One row per such month, with the rate in place of it. A month at the rate that its subscriptions state, and one of which nothing but that
-- is known, is none of them.
-- Where subscriptions state a rate, and the months before and after were at it, so is the month between; of a first month only what is above it is a
-- fee, and what is not known yet of the month after contradicts nothing. Else a month above or below both of its neighbours, of which one goes on
-- for another month, is brought to the nearer one (running medians of 3: Tukey 1977, chapter 7).
with odd as (
  select p.customer_no as customer_no from person_months as p where p.mrr <> p.stated_mrr or p.stated_mrr is null group by p.customer_no
),
beside as (
  select p.customer_no as customer_no, p.month as month, p.mrr as mrr, p.stated_mrr as stated,
    case when lag(p.month, 2) over by_month = p.month - 2 then lag(p.mrr, 2) over by_month end as before_2,
    case when lag(p.month, 1) over by_month = p.month - 1 then lag(p.mrr, 1) over by_month end as before_1,
    case when lead(p.month, 1) over by_month = p.month + 1 then lead(p.mrr, 1) over by_month end as after_1,
    case when lead(p.month, 2) over by_month = p.month + 2 then lead(p.mrr, 2) over by_month end as after_2
  from person_months as p
  inner join odd as o on o.customer_no = p.customer_no
  window by_month as (partition by p.customer_no order by p.month)
),
settled as (
  select b.customer_no as customer_no, b.month as month, b.mrr as billed,
    case
      when coalesce(b.before_1, b.stated) = b.stated and coalesce(b.after_1, b.stated) = b.stated and (b.before_1 is not null or b.mrr > b.stated)
        and (b.before_2 = b.stated or b.after_2 = b.stated or coalesce(b.before_2, b.after_2) is null) then b.stated
      when b.before_1 = b.before_2 and b.before_1 > 0 and b.after_1 is not null or b.after_1 = b.after_2 and b.after_1 > 0 and b.before_1 is not null then
        least(greatest(b.mrr, least(b.before_1, b.after_1)), greatest(b.before_1, b.after_1))
    end as mrr
  from beside as b
  where b.stated is null or b.mrr <> b.stated
)
select s.customer_no as customer_no, s.month as month, s.mrr as mrr
from settled as s
where s.mrr <> s.billed
