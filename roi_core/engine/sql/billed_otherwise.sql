-- What was billed to a customer in a month, unless it is the rate of the only subscription, or that one is not billed monthly.
with billed as (
  select b.customer_no as customer_no, m.month as month, cast(sum(cast(b.amount as decimal(38, 9))) as double) as amount
  from bills as b
  inner join months as m on m.month = b.issued_month
  where b.status not in ('failed', 'uncollectible') and b.customer_no is not null
  group by b.customer_no, m.month
)
select b.customer_no as customer_no, b.month as month, b.amount as amount
from billed as b
left join running as r on r.customer_no = b.customer_no and r.subscriptions = 1
where r.customer_no is null or (r.longer = 0 and (r.mrr is null or b.amount <> cast(r.mrr as double)))
