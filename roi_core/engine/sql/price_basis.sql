-- Files of subscriptions whose mrr is in truth the price of one billing interval, by the bills of the same customers; one row per interval of
-- theirs. `agree` of `priced` in the file are billed their mrr as it stands, about once an interval, and next to none what its months come to.
-- A bill may be a fifth less (discounts) or three tenths more (taxes). Twelve bills of one amount in a year are twelve months, whatever the term.
with priced as (
  select s.file_no as file_no, s.customer_id as customer_id, s.mrr as mrr, s.interval as interval,
    case s.interval when 'day' then 0.032854 when 'week' then 0.230769 when 'quarter' then 3.0 when 'half_year' then 6.0 when 'year' then 12.0 end as months,
    count(*) as subscriptions
  from subscriptions as s
  where s.mrr > 0 and s.interval <> 'month' and s.mrr_is_monthly is null and s.customer_id is not null
  group by s.file_no, s.customer_id, s.mrr, s.interval
),
bills_of as (
  select i.customer_id as customer_id, i.amount as amount, min(epoch(i.issued_at)) as first_s, max(epoch(i.issued_at)) as last_s, count(distinct i.invoice_id) as bills
  from invoices as i
  where i.amount > 0 and i.issued_at is not null and coalesce(i.status, 'paid') not in ('draft', 'void', 'failed')
    and i.customer_id in (select p.customer_id from priced as p)
  group by i.customer_id, i.amount
),
told as (
  select p.file_no as file_no, p.customer_id as customer_id, p.mrr as mrr, p.months as months,
    max(case when b.amount >= 0.8 * p.mrr and b.amount <= 1.3 * p.mrr
      and b.bills <= p.subscriptions * ((b.last_s - b.first_s) / (2629800 * p.months) + 1.5) then 1 else 0 end) as whole,
    max(case when b.amount >= 0.8 * p.mrr * p.months and b.amount <= 1.3 * p.mrr * p.months
      or b.amount >= 0.8 * p.mrr and b.amount <= 1.3 * p.mrr
        and b.bills > p.subscriptions * ((b.last_s - b.first_s) / (2629800 * p.months) + 1.5) then 1 else 0 end) as a_month
  from priced as p
  left join bills_of as b on b.customer_id = p.customer_id
  group by p.file_no, p.customer_id, p.mrr, p.months
),
counted as (
  select t.file_no as file_no, count(*) as priced,
    sum(case when t.whole = 1 and t.a_month = 0 then 1 else 0 end) as agree,
    sum(case when t.a_month = 1 then 1 else 0 end) as differ
  from told as t
  group by t.file_no
)
select distinct c.file_no as file_no, p.interval as interval, p.months as months, cast(c.agree as bigint) as agree, cast(c.priced as bigint) as priced
from counted as c
inner join priced as p on p.file_no = c.file_no
where c.agree >= least(3, c.priced) and c.agree >= 4 * c.differ and c.agree > 0
