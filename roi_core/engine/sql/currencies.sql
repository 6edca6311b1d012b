-- Currencies that money is stated in, most frequent first. Orders and contracts count where nothing else states one; what never was money does not.
with stated as (
  select currency from subscriptions
  union all
  select currency from invoices where coalesce(status, 'paid') not in ('draft', 'void', 'failed')
  union all
  select currency from customers
),
sold as (
  select o.currency as currency from orders as o where coalesce(o.status, 'paid') not in ('cancelled', 'failed')
  union all
  select c.currency as currency from contracts as c
)
select upper(c.currency) as currency, count(*) as n
from (
  select s.currency as currency from stated as s
  union all
  select h.currency as currency from sold as h where not exists (select 1 from stated as s where s.currency is not null)
) as c
where c.currency is not null
group by upper(c.currency)
order by n desc, currency
